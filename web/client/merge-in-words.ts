import type { MergePreview } from '../data/duplicates.ts';
import { effectInWords } from '../onboarding/effect-in-words.ts';
import { texts } from '../texts/texts.ts';

const t = texts.duplicates;
const fields = { contactEmail: texts.client.contactEmail, externalReference: texts.client.externalReference, notes: texts.client.notes } as const;

interface Names {
  /** Of the client that leaves. */
  leaves: string;
  stays: string;
}

/** What a merge will do, a sentence for each thing. */
export function mergeInWords({ clientId, projects, freesSlot, fills, onboardings }: MergePreview, { leaves, stays }: Names): string[] {
  const named = ['contactEmail', 'externalReference', 'notes'] as const;
  return [
    ...projects.map(({ name, sharing }) => (sharing.ends ? t.movesAndEnds(name, stays) : t.moves(name, stays))),
    ...named.flatMap((field) => (fills[field] ? [t.fills(stays, fields[field], fills[field])] : [])),
    ...onboardings.map((effect) => effectInWords(effect, effect.clientId === clientId ? leaves : stays)),
    t.archived(leaves, freesSlot),
  ];
}
