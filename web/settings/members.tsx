import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { meQuery } from '../data/me.ts';
import { usePages } from '../data/pages.ts';
import { type Member, membersQuery, removeMember } from '../data/people.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import classes from './invitations.module.css';
import { LeaveAccount } from './leave-account.tsx';
import { useWhyNotMember } from './why-not-member.ts';

const ChangeMemberDialog = lazy(async () => ({ default: (await import('./change-member-dialog.tsx')).ChangeMemberDialog }));

const t = texts.people;

const columns: Column<Member>[] = [
  { key: 'name', title: t.name, width: 'minmax(8rem, 1fr)', cell: ({ name }) => name },
  { key: 'email', title: t.email, width: 'minmax(10rem, 1.4fr)', cell: ({ email }) => email },
  { key: 'role', title: t.role, width: '5.5rem', cell: ({ role }) => t.roles[role] },
  { key: 'sees', title: t.sees, width: 'minmax(6rem, 0.7fr)', cell: ({ clientIds }) => (clientIds ? t.someClients(clientIds.length) : t.allClients) },
  { key: 'since', title: t.since, width: '6rem', cell: ({ since }) => <Since at={since} /> },
  { key: 'actions', title: t.actions, width: '12rem', align: 'end', cell: (member) => <Actions member={member} /> },
];

/** The people of the account. */
export function Members() {
  const { id } = useAccount();
  const list = useInfiniteQuery(membersQuery(id));
  const { items: members, more } = usePages(list);
  return (
    <Panel title={t.title} flush>
      <ListBody count={members?.length} error={list.error} onRetry={() => void list.refetch()} none={t.none}>
        <Rows label={t.title} columns={columns} entries={(members ?? []).map((row) => ({ key: row.personId, row }))} scroll="page" onEnd={more} />
      </ListBody>
    </Panel>
  );
}

function Actions({ member }: { member: Member }) {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={classes.actions}>
      <ChangeMember member={member} />
      {me?.id === member.personId ? <LeaveAccount /> : <RemoveMember member={member} />}
    </div>
  );
}

function ChangeMember({ member }: { member: Member }) {
  const [changing, setChanging] = useState(false);
  const whyNot = useWhyNotMember()(member.role, { kind: 'becomes', role: 'viewer', restricted: false });
  return (
    <>
      <ActionButton size="xs" variant="default" aria-label={t.changeOf(member.name)} whyNot={whyNot} onClick={() => setChanging(true)}>
        {t.change}
      </ActionButton>
      {changing && (
        <Suspense>
          <ChangeMemberDialog member={member} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}

function RemoveMember({ member: { personId, name, role } }: { member: Member }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNotMember()(role, { kind: 'removed' });
  const remove = async () => {
    await removeMember(id, personId);
    await queries.invalidateQueries({ queryKey: membersQuery(id).queryKey });
  };
  return <ConfirmedAction action={t.remove} aria-label={t.removeOf(name)} whyNot={whyNot} explained={t.removeExplained} name={name} act={remove} />;
}
