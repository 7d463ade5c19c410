import type { BadgeFamily } from '../../domain/badge.ts';
import type { ClientProject } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';
import { badgeTone, type Tone } from '../theme/tone.ts';
import { exactly } from '../time/exactly.ts';
import { Status } from './status.tsx';

interface ProjectBadgeProps {
  family: BadgeFamily;
  badge: ClientProject['badges'][BadgeFamily];
}

/** One of a project's five badges, with its reason and since when it is so. */
export function ProjectBadge({ family, badge: { value, reason, at } }: ProjectBadgeProps) {
  // Values newer than this app are shown as they are called.
  const words: Record<string, string> = texts.badges[family];
  const tones: Record<string, Tone> = badgeTone[family];
  return (
    <Status tone={tones[value] ?? 'quiet'} reason={[reason, at && texts.projects.since(exactly(at))].filter(Boolean).join(', ')}>
      {words[value] ?? value}
    </Status>
  );
}
