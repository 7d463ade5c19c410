import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClientPicker } from '../client/client-picker.tsx';
import { assignProject, type ClientProject } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { offerUndo } from '../undo/offer-undo.tsx';
import classes from './client-of-project.module.css';

const t = texts.projects;

type Client = { id: string; name: string } | null;

/** The Client account selector of a project, with Save. */
export function ClientOfProject({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('projects.write');
  const current: Client = project.clientId === null ? null : { id: project.clientId, name: project.clientName ?? '' };
  const [chosen, setChosen] = useState<Client>();
  const shown = chosen === undefined ? current : chosen;
  const changed = shown?.id !== current?.id;

  const put = async (client: Client) => {
    await assignProject(agencyId, project.id, client?.id ?? null);
    setChosen(undefined);
    await refreshAgency(queries, agencyId);
  };
  // Links that die with the move are what no undo brings back.
  const endsSharing = project.sharing.state === 'shared';
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    // Both travel with the mutation: by the time it has succeeded, what is shown is what it led to.
    mutationFn: ({ to }: { from: Client; to: Client }) => put(to),
    onSettled: () => setAsking(false),
    onSuccess: (_, { from, to }) => offerUndo(to ? t.moved(project.name, to.name) : t.unassignedNow(project.name), () => put(from)),
  });

  return (
    <div className={classes.assignment}>
      <ClientPicker
        agencyId={agencyId}
        aria-label={t.clientOf(project.name)}
        size="xs"
        none={t.unassigned}
        value={shown}
        onChange={setChosen}
        disabled={whyNot !== undefined}
        className={classes.picker}
      />
      <ActionButton
        size="xs"
        variant={changed ? 'filled' : 'default'}
        aria-label={t.saveOf(project.name)}
        loading={save.isPending}
        whyNot={whyNot ?? (changed ? undefined : t.chooseFirst)}
        onClick={() => (endsSharing ? setAsking(true) : save.mutate({ from: current, to: shown }))}
      >
        {t.save}
      </ActionButton>
      {asking && (
        <ConfirmByName
          action={t.save}
          explained={t.moveEndsSharing}
          name={project.name}
          onConfirm={() => save.mutate({ from: current, to: shown })}
          onClose={() => setAsking(false)}
        />
      )}
      {save.error && (
        <div className={classes.refusal}>
          <RefusalNote error={save.error} />
        </div>
      )}
    </div>
  );
}
