import type { MovePreview } from '../data/projects.ts';
import { effectInWords } from '../onboarding/effect-in-words.ts';
import { texts } from '../texts/texts.ts';

const t = texts.projects.move;

interface Client {
  id: string;
  name: string;
}

/** What a move will do, a sentence for each thing. */
export function moveInWords({ sharing, onboardings, readiness }: MovePreview, { from, to }: { from: Client | null; to: Client | null }): string[] {
  const nameOf = (clientId: string) => [from, to].find((client) => client?.id === clientId)?.name ?? texts.onboardings.noClient;
  const [blocker] = readiness.blockers;
  const changes = [
    ...(sharing.ends ? [t.linksEnd(texts.sharing.views(sharing.views))] : []),
    ...onboardings.map((effect) => effectInWords(effect, nameOf(effect.clientId))),
  ];
  return [...(changes.length > 0 ? changes : [t.nothingEnds]), readiness.ready ? t.ready : blocker ? t.notReady(blocker.message) : texts.projects.notReady];
}
