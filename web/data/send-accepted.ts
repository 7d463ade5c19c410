import { Refused, readProblem } from './problem.ts';
import { send } from './send.ts';

/** The answer to what is no call of an operation by its type, such as a file, once it is a success. Throws `Refused` and `Unreachable`. */
export async function sendAccepted(input: string, init?: RequestInit): Promise<Response> {
  const response = await send(input, init);
  if (!response.ok) throw new Refused(await readProblem(response));
  return response;
}
