import type { ClientState } from './client-state.ts';
import type { LookalikeReason } from './duplicate.ts';
import type { ClientId } from './ids.ts';
import type { ImportOutcome, OnDuplicate } from './import-state.ts';
import { type Blocker, explainBlocker, type OnboardingState, type OnLimit, refusalCodeOf } from './onboarding.ts';
import { type RefusalCode, refusals } from './refusal.ts';

/** What is known where a row is judged. */
export interface RowFacts {
  /** An earlier row of the file that says the same. */
  twinLine: number | null;
  /** The client that has exactly the row's reference; `onboarded`: by an onboarding that runs or has ended well. */
  holder: { id: ClientId; state: ClientState; onboarded: boolean } | null;
  /** The client that has exactly the row's name. */
  namesake: ClientId | null;
  /** The oldest client that the row resembles. */
  lookalike: { id: ClientId; reasons: LookalikeReason[] } | null;
}

/** What a row came to, as it is written down. */
export interface RowResult {
  outcome: ImportOutcome;
  code: RefusalCode | null;
  detail: string | null;
  clientId: ClientId | null;
}

/** What is to be done with a row: onboard it, bring a client up to date, or leave it with this result. */
export type RowVerdict = { act: 'onboard'; known: ClientId | null } | { act: 'update'; clientId: ClientId } | { act: 'leave'; result: RowResult };

const reasonWords: Record<LookalikeReason, string> = { name: 'name', reference: 'external reference', domain: 'domain', contact: 'contact' };

/** The one rule, for the real import and for its dry run. */
export function judgeRow({ twinLine, holder, namesake, lookalike }: RowFacts, onDuplicate: OnDuplicate): RowVerdict {
  if (twinLine !== null) return leave({ outcome: 'duplicate', detail: `says the same as line ${twinLine}` });
  if (holder) {
    if (holder.state === 'archived') return leave(refusedRow('CLIENT_ARCHIVED', holder.id));
    if (namesake !== null && namesake !== holder.id) return leave(refusedRow('CLIENT_NAME_TAKEN', namesake));
    return holder.onboarded ? { act: 'update', clientId: holder.id } : { act: 'onboard', known: holder.id };
  }
  if (lookalike && onDuplicate === 'skip') {
    const detail = `resembles this client by ${lookalike.reasons.map((reason) => reasonWords[reason]).join(' and ')}`;
    return leave({ outcome: 'duplicate', detail, clientId: lookalike.id });
  }
  if (namesake !== null) return leave(refusedRow('CLIENT_NAME_TAKEN', namesake));
  return { act: 'onboard', known: null };
}

function leave(result: Pick<RowResult, 'outcome'> & Partial<RowResult>): RowVerdict {
  return { act: 'leave', result: { code: null, detail: null, clientId: null, ...result } };
}

export function refusedRow(code: RefusalCode, clientId: ClientId | null = null): RowResult {
  return { outcome: 'refused', code, detail: refusals[code].detail, clientId };
}

/** An onboarding of a row, as far as it decides what became of the row. */
export interface RowOnboarding {
  state: OnboardingState;
  blockers: Blocker[];
  clientId: ClientId | null;
  clientCreated: boolean;
  /** Has it come behind the allowance? */
  allowed: boolean;
}

/** What a row's onboarding came to; null while it is not decided. */
export function resultOf({ state, blockers, clientId, clientCreated, allowed }: RowOnboarding): RowResult | null {
  switch (state) {
    case 'refused':
      return blockedRow('refused', blockers, null);
    case 'cancelled':
      return { outcome: 'cancelled', code: null, detail: 'its onboarding was cancelled', clientId: null };
    case 'waiting_for_allowance':
    // Operations look after its undo: it is refused or cancelled when that succeeds.
    case 'needs_attention':
      return blockedRow('waiting', blockers, clientId);
    case 'running':
      if (!allowed) return null;
      break;
    case 'waiting_for_project':
    case 'waiting_for_status':
    case 'stalled':
    case 'ready_to_share':
      break;
  }
  return { outcome: clientCreated ? 'created' : 'updated', code: null, detail: null, clientId };
}

function blockedRow(outcome: 'refused' | 'waiting', [blocker]: Blocker[], clientId: ClientId | null): RowResult {
  if (!blocker) return { outcome, code: null, detail: null, clientId };
  return { outcome, code: refusalCodeOf(blocker) ?? null, detail: explainBlocker(blocker).message, clientId };
}

/** The plan as a dry run looks ahead on it. */
export interface SlotsAhead {
  eligible: boolean;
  free: number;
}

/** What a verdict would come to, and the slots that are then left. */
export function foretell(verdict: RowVerdict, slots: SlotsAhead, onLimit: OnLimit): { result: RowResult; slots: SlotsAhead } {
  switch (verdict.act) {
    case 'leave':
      return { result: verdict.result, slots };
    case 'update':
      return { result: { outcome: 'updated', code: null, detail: null, clientId: verdict.clientId }, slots };
    case 'onboard': {
      // Whether a client that is there already has a slot is for its onboarding to see.
      if (verdict.known !== null) return { result: { outcome: 'updated', code: null, detail: null, clientId: verdict.known }, slots };
      if (slots.eligible && slots.free > 0) {
        return { result: { outcome: 'created', code: null, detail: null, clientId: null }, slots: { ...slots, free: slots.free - 1 } };
      }
      const refused = refusedRow(slots.eligible ? 'CLIENT_LIMIT_REACHED' : 'AGENCY_PLAN_INELIGIBLE');
      return { result: { ...refused, outcome: onLimit === 'wait' ? 'waiting' : 'refused' }, slots };
    }
  }
}
