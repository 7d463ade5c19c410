import type { Problem } from '../../api/app.ts';
import { texts } from '../texts/texts.ts';

/** The API said no: a code, a reason and a next action. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Was it refused so: 401 for nobody is signed in, 404 for what is not there? */
export function isRefusedWith(error: unknown, status: 401 | 404): boolean {
  return error instanceof Refused && error.problem.status === status;
}

/** What was asked for; null where it is not there. */
export async function orNull<Answer>(asking: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asking;
  } catch (error) {
    if (isRefusedWith(error, 404)) return null;
    throw error;
  }
}

/** The problem document of an answer; one of our own where something else answered, such as a proxy in between. */
export async function readProblem(response: Pick<Response, 'status' | 'headers' | 'json'>): Promise<Problem> {
  if (/\bproblem\+json\b/.test(response.headers.get('content-type') ?? '')) return (await response.json()) as Problem;
  const { title, detail, nextAction } = texts.problems.unexpected;
  return {
    type: 'about:blank',
    title,
    status: response.status,
    detail,
    code: 'INTERNAL_ERROR',
    nextAction: { label: nextAction },
    instance: '',
    requestId: '',
  };
}

/** What went wrong, in words, whatever was thrown. */
export function problemOf(error: unknown): Pick<Problem, 'title' | 'detail' | 'nextAction' | 'code' | 'errors'> {
  if (error instanceof Refused) return error.problem;
  const { title, detail, nextAction } = error instanceof Error && error.name === 'Unreachable' ? texts.problems.unreachable : texts.problems.unexpected;
  return { code: 'TEMPORARILY_UNAVAILABLE', title, detail, nextAction: { label: nextAction } };
}

/** What the API says of single fields of a form, by the field: the one that its pointer names, or that `fieldOf` says. */
export function fieldErrorsOf(error: unknown, fields: object, fieldOf = (pointer: string) => pointer.slice(1)): Record<string, string> {
  if (!(error instanceof Refused)) return {};
  const named = error.problem.errors?.map(({ pointer, message }) => [fieldOf(pointer), message] as const) ?? [];
  return Object.fromEntries(named.filter(([field]) => field in fields));
}
