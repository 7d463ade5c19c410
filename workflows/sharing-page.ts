import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { ClientId } from '../domain/ids.ts';
import { type Blocker, explainBlocker } from '../domain/onboarding.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import { searchAttributes } from './contract.ts';

/** Why links were not given. */
export interface SharingRefusal {
  state: 'refused' | 'needs_attention';
  blockers: Blocker[];
}

type SharingPageState = RecordedSharingState | SharingRefusal['state'];

const headlines: Record<SharingPageState, string> = {
  private: 'Not shared',
  checking: 'Links are made; their page is looked at',
  shared: 'Shared',
  disabled: 'Sharing has ended',
  expired: 'The links have come to their end',
  refused: 'Refused',
  needs_attention: 'What its links show is not as it should be: operations must look',
};

interface SharingStandingShown {
  expiresAtMs: number | null;
  unopenedSinceMs: number | null;
  /** Older than this run, where an earlier one gave the links. */
  sharedAtMs?: number | null;
}

/** A sharing as operations see it in the Temporal UI. */
export interface SharingPage {
  enter(state: SharingPageState, blockers?: Blocker[]): void;
  /** The last word of a run: what its command was refused for, else how the sharing ended. */
  leave(state: RecordedSharingState, refusal: SharingRefusal | undefined): void;
  /** Whose report it is. */
  client(clientId: ClientId): void;
  standing(shown: SharingStandingShown): void;
}

/** A page for one sharing. `enter` and `client` cost a history event where something changed, `leave` one more for a refusal; `standing` costs none. */
export function openSharingPage(): SharingPage {
  let state: SharingPageState = 'private';
  let client: ClientId | undefined;
  let blockers: Blocker[] = [];
  let since = new Date();
  let shown: SharingStandingShown = { expiresAtMs: null, unopenedSinceMs: null };

  const show = () =>
    setCurrentDetails(
      [`**${headlines[state]}** since ${minute(since)}`, ...(state === 'shared' ? [sharedLines(shown)] : []), ...blockers.map(blockerLines)].join('\n\n'),
    );
  const enter = (next: SharingPageState, nextBlockers: Blocker[] = []) => {
    const changed = next !== state || blockers.length !== nextBlockers.length;
    if (next !== state) since = new Date();
    state = next;
    blockers = nextBlockers;
    show();
    if (changed) index();
  };
  const index = () =>
    upsertSearchAttributes([
      { key: searchAttributes.state, value: state },
      { key: searchAttributes.blockers, value: blockers.map(({ code }) => code) },
    ]);
  return {
    enter,
    leave(next, refusal) {
      if (!refusal) return enter(next);
      ({ state, blockers } = refusal);
      show();
      // Though nothing changed: histories have this event, from when it told how the sharing had ended.
      index();
    },
    client(clientId) {
      if (clientId === client) return;
      client = clientId;
      upsertSearchAttributes([{ key: searchAttributes.client, value: clientId }]);
    },
    standing(next) {
      shown = next;
      if (next.sharedAtMs) since = new Date(next.sharedAtMs);
      show();
    },
  };
}

function sharedLines({ expiresAtMs, unopenedSinceMs }: SharingStandingShown): string {
  const end = expiresAtMs === null ? 'The links have no end.' : `The links end ${minute(new Date(expiresAtMs))}.`;
  return unopenedSinceMs === null ? end : `${end} Nobody has opened them yet.`;
}

function blockerLines(blocker: Blocker): string {
  const { code, message, nextAction } = explainBlocker(blocker);
  return `- \`${code}\` ${message}\n- What to do: ${nextAction.label}`;
}

function minute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
