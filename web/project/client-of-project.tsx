import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClientPicker } from '../client/client-picker.tsx';
import { assignProject, type ClientProject, previewMove, projectQuery } from '../data/projects.ts';
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
  const current = clientOf(project);
  const [chosen, setChosen] = useState<Client>();
  const shown = chosen === undefined ? current : chosen;
  const changed = shown?.id !== current?.id;
  /** Who is about to lose it, while that is asked about. */
  const [loser, setLoser] = useState<Client>(null);
  const asRead = projectQuery(agencyId, project.id);

  const put = async (client: Client) => {
    await assignProject(agencyId, project.id, client?.id ?? null);
    setChosen(undefined);
    await refreshAgency(queries, agencyId);
  };
  const save = useMutation({
    // Both travel with the mutation: by the time it has succeeded, what is shown is what it led to.
    mutationFn: async ({ from, to }: { from: Client; to: Client }) => {
      const { reversible, clientId } = await previewMove(agencyId, project.id, to?.id ?? null);
      // Somebody was quicker: the client that would lose it now was not asked about, nor the links that would end.
      if (clientId.from !== null && clientId.from !== from?.id) return { loser: clientOf(await queries.fetchQuery({ ...asRead, staleTime: 0 })) };
      await put(to);
      return { reversible };
    },
    onSettled: (result) => setLoser(result?.loser ?? null),
    onSuccess: ({ loser, reversible }, { from, to }) => {
      if (loser !== undefined) return;
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
        onClick={() => (current ? setLoser(current) : save.mutate({ from: current, to: shown }))}
      >
        {t.save}
      </ActionButton>
      {loser && (
        <MoveDialog
          project={project}
          from={loser}
          to={shown}
          busy={save.isPending}
          onConfirm={() => save.mutate({ from: loser, to: shown })}
          onClose={() => setLoser(null)}
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

function clientOf({ clientId, clientName }: ClientProject): Client {
  return clientId === null ? null : { id: clientId, name: clientName ?? '' };
}
