import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../domain/permission.ts';
import { meQuery } from '../data/me.ts';
import { usePages } from '../data/pages.ts';
import { changeMember, type Member, membersQuery, removeMember } from '../data/people.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import { offerUndo, sayRefused } from '../undo/offer-undo.tsx';

const t = texts.people;

const columns: Column<Member>[] = [
  { key: 'name', title: t.name, width: 'minmax(8rem, 1fr)', cell: ({ name }) => name },
  { key: 'email', title: t.email, width: 'minmax(10rem, 1.4fr)', cell: ({ email }) => email },
  { key: 'role', title: t.role, width: '8.5rem', cell: (member) => <RoleOf member={member} /> },
  { key: 'sees', title: t.sees, width: 'minmax(7rem, 0.8fr)', cell: ({ clientIds }) => (clientIds ? t.someClients(clientIds.length) : t.allClients) },
  { key: 'since', title: t.since, width: '6rem', cell: ({ since }) => <Since at={since} /> },
  { key: 'actions', title: t.actions, width: '7rem', align: 'end', cell: (member) => <RemoveMember member={member} /> },
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

/** What a role is changed to here; ownership is handed over, not given. */
const givenRoles = ['admin', 'viewer'] as const;

function RoleOf({ member: { personId, role, name } }: { member: Member }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('people.manage');
  const become = async (next: Role) => {
    if (next === 'owner') return;
    await changeMember(id, personId, { role: next });
    await queries.invalidateQueries({ queryKey: membersQuery(id).queryKey });
  };
  const change = useMutation({
    mutationFn: ({ to }: { from: Role; to: Role }) => become(to),
    onError: sayRefused,
    onSuccess: (_, { from, to }) => offerUndo(t.changed(name, to), () => become(from)),
  });
  if (role === 'owner' || whyNot) return t.roles[role];
  return (
    <NativeSelect
      size="xs"
      aria-label={t.roleOf(name)}
      value={role}
      disabled={change.isPending}
      data={givenRoles.map((value) => ({ value, label: t.roles[value] }))}
      onChange={({ currentTarget }) => change.mutate({ from: role, to: currentTarget.value === 'admin' ? 'admin' : 'viewer' })}
    />
  );
}

function RemoveMember({ member: { personId, name, role } }: { member: Member }) {
  const { id, role: own } = useAccount();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [asking, setAsking] = useState(false);
  const mayNot = useWhyNot()('people.manage');
  const whyNot = mayNot ?? (me?.id === personId ? t.notYourself : role === 'owner' && own !== 'owner' ? t.ownersOnly : undefined);
  const remove = useMutation({
    mutationFn: () => removeMember(id, personId),
    onSettled: () => setAsking(false),
    onError: sayRefused,
    onSuccess: () => queries.invalidateQueries({ queryKey: membersQuery(id).queryKey }),
  });
  return (
    <>
      <ActionButton size="xs" variant="default" aria-label={t.removeOf(name)} whyNot={whyNot} onClick={() => setAsking(true)}>
        {t.remove}
      </ActionButton>
      {asking && (
        <ConfirmByName action={t.remove} explained={t.removeExplained} name={name} onConfirm={() => remove.mutate()} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
