import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClientPicker } from '../client/client-picker.tsx';
import { assignProject, type ClientProject, previewMove } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { offerUndo, sayDone } from '../undo/offer-undo.tsx';
import classes from './client-of-project.module.css';
import { MoveDialog } from './move-dialog.tsx';

const t = texts.projects;

type Client = { id: string; name: string } | null;

/** The Client account selector of a project, with Save. Putting a project that nobody has under a client is one click; what leaves a client is previewed. */
export function ClientOfProject({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('projects.write');
  const current: Client = project.clientId === null ? null : { id: project.clientId, name: project.clientName ?? '' };
  const [chosen, setChosen] = useState<Client>();
  const shown = chosen === undefined ? current : chosen;
  const changed = shown?.id !== current?.id;
  const [asking, setAsking] = useState(false);

  const put = async (client: Client) => {
    await assignProject(agencyId, project.id, client?.id ?? null);
    setChosen(undefined);
    await refreshAgency(queries, agencyId);
  };
  const save = useMutation({
    // Both travel with the mutation: by the time it has succeeded, what is shown is what it led to.
    mutationFn: async ({ to }: { from: Client; to: Client }) => {
      const { reversible } = await previewMove(agencyId, project.id, to?.id ?? null);
      await put(to);
      return { reversible };
    },
    onSettled: () => setAsking(false),
    onSuccess: ({ reversible }, { from, to }) => {
      const done = to ? t.moved(project.name, to.name) : t.unassignedNow(project.name);
      if (reversible) offerUndo(done, () => put(from));
      else sayDone(done);
    },
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
        onClick={() => (current ? setAsking(true) : save.mutate({ from: current, to: shown }))}
      >
        {t.save}
      </ActionButton>
      {asking && current && (
        <MoveDialog
          project={project}
          from={current}
          to={shown}
          busy={save.isPending}
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
