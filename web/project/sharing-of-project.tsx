import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientProject } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { endSharing, shareProject } from '../data/sharing.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { ShareLinks } from './share-links.tsx';
import { expiryOf, type SharingChoice, sharingChoices } from './sharing-choice.ts';
import classes from './sharing-of-project.module.css';
import { SharingState } from './sharing-state.tsx';

const t = texts.sharing;

/** Sharing of a project with Save sharing, and the links while it is shared. */
export function SharingOfProject({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('sharing.write');
  const shared = project.sharing.state === 'shared';
  const current: SharingChoice = shared ? 'shared' : 'private';
  const [chosen, setChosen] = useState<SharingChoice>();
  const [asking, setAsking] = useState(false);
  const choice = chosen ?? current;

  const save = useMutation({
    mutationFn: (wanted: SharingChoice) =>
      wanted === 'private' ? endSharing(agencyId, project.id) : shareProject(agencyId, project.id, expiryOf(wanted, { shared })),
    onSettled: () => setAsking(false),
    onSuccess: async () => {
      setChosen(undefined);
      await refreshAgency(queries, agencyId);
    },
  });
  const [blocker] = project.readiness.blockers;
  const notReady = choice !== 'private' && blocker ? `${blocker.message} ${blocker.nextAction.label}` : undefined;
  const unchanged = choice === current ? t.chooseFirst : undefined;

  return (
    <div className={classes.sharing}>
      <div className={classes.line}>
        <SharingState project={project} />
        <NativeSelect
          size="xs"
          aria-label={t.of(project.name)}
          disabled={whyNot !== undefined}
          data={sharingChoices(shared).map((value) => ({ value, label: value === 'shared' && !shared ? t.choices.unending : t.choices[value] }))}
          value={choice}
          onChange={({ currentTarget }) => setChosen(sharingChoices(shared).find((value) => value === currentTarget.value))}
        />
        <ActionButton
          size="xs"
          variant={unchanged || notReady ? 'default' : 'filled'}
          aria-label={t.saveOf(project.name)}
          loading={save.isPending}
          whyNot={whyNot ?? unchanged ?? notReady}
          onClick={() => (choice === 'private' ? setAsking(true) : save.mutate(choice))}
        >
          {t.save}
        </ActionButton>
      </div>
      {shared && <ShareLinks project={project} />}
      {save.error && <RefusalNote error={save.error} />}
      {asking && (
        <ConfirmByName
          action={t.end}
          explained={t.endExplained}
          name={project.name}
          busy={save.isPending}
          onConfirm={() => save.mutate('private')}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
