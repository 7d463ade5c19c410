import type { Refusal, RefusalCode } from '../domain/refusal.ts';

/** Carries a refusal from where it is known to the edge, where `problem.ts` turns it into a problem document. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** For `throw refused('NOT_FOUND')`. */
export function refused(code: RefusalCode, more: Omit<Refusal, 'code'> = {}): Refused {
  return new Refused({ code, ...more });
}
