import { type ClientState, clientStates } from '../domain/client-state.ts';
import { eventKinds } from '../domain/event.ts';
import { type ImportOutcome, importOutcomes } from '../domain/import-state.ts';
import { type BlockerCode, blockerCodes, type OnboardingState, onboardingStates } from '../domain/onboarding.ts';
import type { ClientFilter } from './data/clients.ts';
import type { HistoryFilter } from './data/history.ts';
import { type ProjectView, projectShows } from './project/project-view.ts';

// What stands in the address is somebody's typing until it is read: what is none of ours is left out.

type Raw = Record<string, unknown>;

function textIn(value: unknown): string | undefined {
  // The router reads what looks like a number as one.
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined;
}

function idIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value.toLowerCase() : undefined;
}

function oneOf<const Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((known) => known === value);
}

export interface AgencySearch {
  /** What clients are searched for, and in which state. */
  clients?: string | undefined;
  state?: ClientState | undefined;
  /** What projects are searched for, and which are shown. */
  projects?: string | undefined;
  client?: string | undefined;
  show?: ProjectView['show'];
}

export function agencySearch({ clients, state, projects, client, show }: Raw): AgencySearch {
  return { clients: textIn(clients), state: oneOf(clientStates, state), projects: textIn(projects), client: idIn(client), show: oneOf(projectShows, show) };
}

export function clientsSearch({ query, state }: Raw): ClientFilter {
  return { query: textIn(query), state: oneOf(clientStates, state) };
}

export function projectsSearch({ query, client, show }: Raw): ProjectView {
  return { query: textIn(query), client: idIn(client), show: oneOf(projectShows, show) };
}

export interface OnboardingsSearch {
  state?: OnboardingState | undefined;
  blocker?: BlockerCode | undefined;
  /** Those that have ended too; or those alone that go on only when somebody does something. */
  show?: (typeof onboardingShows)[number] | undefined;
}

const onboardingShows = ['all', 'need-people'] as const;

export function onboardingsSearch({ state, blocker, show }: Raw): OnboardingsSearch {
  return { state: oneOf(onboardingStates, state), blocker: oneOf(blockerCodes, blocker), show: oneOf(onboardingShows, show) };
}

export function importSearch({ outcome }: Raw): { outcome?: ImportOutcome | undefined } {
  return { outcome: oneOf(importOutcomes, outcome) };
}

export interface HistorySearch extends HistoryFilter {
  client?: string | undefined;
}

export function historySearch({ kind, client, by, from, to }: Raw): HistorySearch {
  return { kind: oneOf(eventKinds, kind), client: idIn(client), by: idIn(by), from: dayIn(from), to: dayIn(to) };
}

function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

export interface SignInSearch {
  /** Where to go after signing in: only a path of ours, for whoever made the link must not choose where people land. */
  to?: string | undefined;
  /** What single sign-on says of itself when it did not come about. */
  error?: string | undefined;
}

export function signInSearch({ to, error }: Raw): SignInSearch {
  return { to: typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined, error: textIn(error) };
}

/** What the link of a mail carries. */
export function tokenSearch({ token }: Raw): { token?: string | undefined } {
  return { token: typeof token === 'string' ? token : undefined };
}
