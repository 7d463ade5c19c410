import { Status } from '../badge/status.tsx';
import type { ClientProject } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';

const t = texts.projects;

const sharingTone = { private: 'quiet', shared: 'fine', disabled: 'quiet', expired: 'needs' } as const satisfies Record<
  ClientProject['sharing']['state'],
  Tone
>;

/** Whether the report is shared, and if not, what stands in the way. */
export function SharingState({ project: { sharing, readiness } }: { project: ClientProject }) {
  const [blocker] = readiness.blockers;
  const reason = sharing.state === 'shared' ? undefined : blocker ? `${blocker.message} ${blocker.nextAction.label}` : t.readyToShare;
  const tone = sharing.state === 'private' && !blocker ? 'waits' : sharingTone[sharing.state];
  return (
    <Status tone={tone} reason={reason}>
      {t.sharingStates[sharing.state]}
    </Status>
  );
}
