import type { BadgeValue } from './badge.ts';
import type { ClientState } from './client.ts';
import type { ClientId, OnboardingId, ProjectId } from './ids.ts';
import { isEnded, type OnboardingState, waitsForProject } from './onboarding.ts';
import { type Readiness, type ReadinessFacts, readiness } from './readiness.ts';

/** What happens to a project that a client has until now and that another has from now on; `null` is nobody. */
export function moveKind(from: ClientId | null, to: ClientId | null) {
  if (from === to) return 'unchanged';
  if (to === null) return 'unassigned';
  return from === null ? 'assigned' : 'moved';
}
export type MoveKind = ReturnType<typeof moveKind>;

/** Does the link to a report die with the move? A link opens the report of the client it was made for, so it does when that client loses it. */
export function moveEndsSharing(from: ClientId | null, to: ClientId | null): boolean {
  return from !== null && from !== to;
}

/** May a project be put under a client in this state? `null` is a client that is not there. */
export function refuseMove(target: ClientState | null): 'NOT_FOUND' | 'CLIENT_ARCHIVED' | null {
  if (target === null || target === 'pending') return 'NOT_FOUND';
  return target === 'archived' ? 'CLIENT_ARCHIVED' : null;
}

export interface OnboardingFacts {
  id: OnboardingId;
  clientId: ClientId;
  state: OnboardingState;
  projectId: ProjectId | null;
}

export interface MoveFacts {
  project: ReadinessFacts & { id: ProjectId; clientId: ClientId | null; isShared: boolean };
  /** The client that gets it, or null for nobody. */
  to: ClientId | null;
  /** The unfinished onboardings of both clients. */
  onboardings: OnboardingFacts[];
  /** The project that an onboarding takes which loses this one: the oldest other one of its client. */
  next: ReadinessFacts | null;
}

/** Where an onboarding goes by itself once the project has moved. */
export interface OnboardingEffect {
  id: OnboardingId;
  clientId: ClientId;
  effect: 'loses_project' | 'takes_project';
  from: OnboardingState;
  to: OnboardingState;
}

export interface MovePlan {
  move: MoveKind;
  endsSharing: boolean;
  onboardings: OnboardingEffect[];
  /** Does moving it back bring back all that was? Links that died stay dead, and an onboarding that has ended stays at its end. */
  reversible: boolean;
  reportBadge: { from: BadgeValue; to: BadgeValue };
  /** Of the project, behind the move. */
  readiness: Readiness;
}

/** What a move does, before it is done. The move itself asks the same rules. */
export function planMove(facts: MoveFacts, now: Date): MovePlan {
  const { project, to } = facts;
  const move = moveKind(project.clientId, to);
  const endsSharing = project.isShared && moveEndsSharing(project.clientId, to);
  const after = behindMove(project, to, endsSharing);
  const onboardings = move === 'unchanged' ? [] : facts.onboardings.flatMap((onboarding) => effectOn(onboarding, facts, after, now));
  return {
    move,
    endsSharing,
    onboardings,
    reversible: !endsSharing && onboardings.every(({ to: state }) => !isEnded(state)),
    reportBadge: { from: project.badges.report.value, to: after.badges.report.value },
    readiness: readiness(after, now),
  };
}

/** The project as it is behind the move: what is no longer shared is no longer published. */
function behindMove({ badges, plan }: ReadinessFacts, to: ClientId | null, endsSharing: boolean): ReadinessFacts {
  const report = endsSharing && badges.report.value === 'published' ? { ...badges.report, value: 'ready_for_publish' as const } : badges.report;
  return { clientState: to === null ? null : 'active', plan, badges: { ...badges, report } };
}

function effectOn({ id, clientId, state, projectId }: OnboardingFacts, { project, to, next }: MoveFacts, after: ReadinessFacts, now: Date): OnboardingEffect[] {
  if (clientId === to && waitsForProject(state)) return [{ id, clientId, effect: 'takes_project', from: state, to: verified(after, now) }];
  if (clientId !== to && state === 'waiting_for_status' && projectId === project.id) {
    return [{ id, clientId, effect: 'loses_project', from: state, to: next ? verified(next, now) : 'waiting_for_project' }];
  }
  return [];
}

/** Where verifying status leads an onboarding that has this project. */
export function verified(project: ReadinessFacts, now: Date): OnboardingState {
  return readiness(project, now).ready ? 'ready_to_share' : 'waiting_for_status';
}
