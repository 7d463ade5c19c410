import { type ClientResponse, hc } from 'hono/client';
import type { AppType } from '../../api/app.ts';
import { Refused, readProblem } from './problem.ts';
import { send } from './send.ts';

/** Foyer's API on its own types. The session's cookie says who calls. */
export const api = hc<AppType>('/', { fetch: send }).v1;

type Body<R> = R extends ClientResponse<infer T, number, 'json'> ? T : undefined;

/** The body of a success. Throws `Refused` with the problem document that came instead, and `Unreachable`. */
export async function answered<R extends ClientResponse<unknown>>(sending: Promise<R>): Promise<Body<R>> {
  const response = await sending;
  if (!response.ok) throw new Refused(await readProblem(response));
  // What the operation's own type says; the API holds its answers to it.
  return (response.status === 204 ? undefined : await response.json()) as Body<R>;
}
