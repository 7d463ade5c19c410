import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Status } from '../badge/status.tsx';
import { usePages } from '../data/pages.ts';
import { type Invitation, invitationsQuery, resendInvitation, revokeInvitation } from '../data/people.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { Since } from '../time/since.tsx';
import { sayRefused } from '../undo/offer-undo.tsx';
import classes from './invitations.module.css';

const t = texts.people;

const tone = { pending: 'waits', accepted: 'fine', expired: 'needs', revoked: 'quiet' } as const satisfies Record<Invitation['state'], Tone>;

const columns: Column<Invitation>[] = [
  { key: 'email', title: t.email, width: 'minmax(10rem, 1.4fr)', cell: ({ email }) => email },
  { key: 'role', title: t.role, width: '7rem', cell: ({ role }) => t.roles[role] },
  { key: 'state', title: t.state, width: 'minmax(7rem, 0.8fr)', cell: ({ state }) => <Status tone={tone[state]}>{t.states[state]}</Status> },
  { key: 'by', title: t.invitedBy, width: 'minmax(8rem, 1fr)', cell: ({ invitedBy }) => invitedBy ?? texts.clients.nothing },
  { key: 'ends', title: t.expires, width: '7rem', cell: ({ expiresAt }) => <Since at={expiresAt} /> },
  { key: 'actions', title: t.actions, width: '14rem', align: 'end', cell: (invitation) => <Actions invitation={invitation} /> },
];

/** Who is invited, and what became of it; for whoever may invite. */
export function Invitations() {
  const { id } = useAccount();
  const mayNot = useWhyNot()('people.manage') !== undefined;
  const list = useInfiniteQuery({ ...invitationsQuery(id), enabled: !mayNot });
  const { items: invitations, more } = usePages(list);
  if (mayNot) return null;
  return (
    <Panel title={t.invitations} flush>
      <ListBody count={invitations?.length} error={list.error} onRetry={() => void list.refetch()} none={t.noInvitations}>
        <Rows label={t.invitations} columns={columns} entries={(invitations ?? []).map((row) => ({ key: row.id, row }))} scroll="page" onEnd={more} />
      </ListBody>
    </Panel>
  );
}

function Actions({ invitation: { id: invitationId, email, state } }: { invitation: Invitation }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (action: typeof resendInvitation | typeof revokeInvitation) => action(id, invitationId),
    onError: sayRefused,
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey }),
  });
  if (state === 'accepted' || state === 'revoked') return null;
  return (
    <div className={classes.actions}>
      <ActionButton size="xs" variant="default" aria-label={t.resendTo(email)} loading={act.isPending} onClick={() => act.mutate(resendInvitation)}>
        {t.resend}
      </ActionButton>
      <ActionButton size="xs" variant="default" aria-label={t.revokeOf(email)} loading={act.isPending} onClick={() => act.mutate(revokeInvitation)}>
        {t.revoke}
      </ActionButton>
    </div>
  );
}
