import type { ClientDetails, ClientState } from './client.ts';
import type { ClientId, ProjectId } from './ids.ts';
import { type OnboardingState, waitsForProject } from './onboarding.ts';
import { type OnboardingFacts, verified } from './project-move.ts';
import type { ReadinessFacts } from './readiness.ts';

/** May one client be merged into another, by their states? `null` is a client that is not there. */
export function refuseMerge(client: ClientState | null, into: ClientState | null): 'NOT_FOUND' | 'CLIENT_ARCHIVED' | null {
  if (client === null || into === null || into === 'pending') return 'NOT_FOUND';
  return client === 'archived' || into === 'archived' ? 'CLIENT_ARCHIVED' : null;
}

export interface MergeFacts {
  /** The client that leaves. */
  client: { id: ClientId; state: ClientState; details: ClientDetails };
  /** The one that stays and gets what the other has. */
  into: { id: ClientId; details: ClientDetails };
  /** Of the client that leaves, oldest first. */
  projects: (ReadinessFacts & { id: ProjectId; name: string; isShared: boolean })[];
  /** The unfinished onboardings of both. */
  onboardings: OnboardingFacts[];
}

export interface MergeEffect {
  id: OnboardingFacts['id'];
  clientId: ClientId;
  effect: 'ends' | 'takes_project';
  from: OnboardingState;
  to: OnboardingState;
}

export interface MergePlan {
  projects: { id: ProjectId; name: string; endsSharing: boolean }[];
  /** Does a slot become free? A pending client has none. */
  freesSlot: boolean;
  /** What the one that stays has not, and gets. */
  fills: Partial<ClientDetails>;
  onboardings: MergeEffect[];
}

/** What a merge does, before it is done. The merge itself carries out this plan. */
export function planMerge(facts: MergeFacts, now: Date): MergePlan {
  return {
    projects: facts.projects.map(({ id, name, isShared }) => ({ id, name, endsSharing: isShared })),
    freesSlot: facts.client.state === 'active',
    fills: fillsOf(facts),
    onboardings: facts.onboardings.flatMap((onboarding) => effectOn(onboarding, facts, now)),
  };
}

const fillable = ['contactEmail', 'externalReference', 'notes'] as const satisfies (keyof ClientDetails)[];

function fillsOf({ client, into }: MergeFacts): Partial<ClientDetails> {
  const missing = fillable.filter((field) => into.details[field] === null && client.details[field] !== null);
  return Object.fromEntries(missing.map((field) => [field, client.details[field]]));
}

function effectOn({ id, clientId, state }: OnboardingFacts, { client, projects }: MergeFacts, now: Date): MergeEffect[] {
  // What waits for operations is theirs; they find the client archived.
  if (clientId === client.id) return state === 'needs_attention' ? [] : [{ id, clientId, effect: 'ends', from: state, to: 'cancelled' }];
  const [first] = projects;
  if (!first || !waitsForProject(state)) return [];
  return [{ id, clientId, effect: 'takes_project', from: state, to: verified({ ...first, clientState: 'active' }, now) }];
}
