import { useQuery } from '@tanstack/react-query';
import { movePreviewQuery } from '../data/projects.ts';
import { useAccount } from '../frame/account.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { WhatHappens } from '../frame/what-happens.tsx';
import { texts } from '../texts/texts.ts';
import { moveInWords } from './move-in-words.ts';

const t = texts.projects.move;

interface Client {
  id: string;
  name: string;
}

interface MoveDialogProps {
  project: { id: string; name: string };
  from: Client;
  to: Client | null;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** What will happen when a project leaves its client, before it does; where links die, its name is asked for. */
export function MoveDialog({ project, from, to, busy, onConfirm, onClose }: MoveDialogProps) {
  const { id: agencyId } = useAccount();
  // As it stands now, not as it stood when somebody looked last.
  const { data: preview, error } = useQuery({ ...movePreviewQuery(agencyId, project.id, to?.id ?? null), staleTime: 0, gcTime: 0 });
  return (
    <ConfirmByName
      action={to ? t.moveTo(project.name, to.name) : t.unassign(project.name)}
      explained={<WhatHappens sentences={preview && moveInWords(preview, { from, to })} error={error} />}
      ready={preview !== undefined}
      busy={busy}
      name={preview?.sharing.ends ? project.name : undefined}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
