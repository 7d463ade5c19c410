import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useState } from 'react';
import { Status } from '../badge/status.tsx';
import { type ApiKey, keysQuery, revokeKey, rotateKey } from '../data/keys.ts';
import { usePages } from '../data/pages.ts';
import { Unreachable } from '../data/send.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Notice } from '../frame/notice.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { Since } from '../time/since.tsx';
import { sayRefused } from '../undo/offer-undo.tsx';
import classes from './invitations.module.css';
import { MakeKeyForm } from './make-key-form.tsx';
import { SecretOnce } from './secret-once.tsx';

const t = texts.keys;

const tone = { active: 'fine', replaced: 'waits', expired: 'quiet', revoked: 'quiet' } as const satisfies Record<ApiKey['state'], Tone>;

const columns: Column<ApiKey>[] = [
  { key: 'name', title: t.name, width: 'minmax(8rem, 1fr)', cell: ({ name }) => name },
  { key: 'prefix', title: t.prefix, width: '8rem', cell: ({ prefix }) => <code>{prefix}…</code> },
  { key: 'scopes', title: t.scopes, width: 'minmax(9rem, 1.3fr)', cell: ({ scopes }) => scopes.map((scope) => t.scopeWords[scope]).join(', ') },
  { key: 'state', title: t.state, width: '7rem', cell: ({ state }) => <Status tone={tone[state]}>{t.states[state]}</Status> },
  { key: 'used', title: t.lastUsed, width: '6.5rem', cell: ({ lastUsedAt }) => (lastUsedAt ? <Since at={lastUsedAt} /> : t.never) },
  { key: 'ends', title: t.ends, width: '6.5rem', cell: ({ expiresAt }) => (expiresAt ? <Since at={expiresAt} /> : t.noEnd) },
  { key: 'actions', title: texts.people.actions, width: '14.5rem', align: 'end', cell: (key) => <Actions of={key} /> },
];

/** Takes a secret to where it is shown, once. */
const ShowSecret = createContext<(secret: string) => void>(() => undefined);

/** `/settings/keys`: what software calls the API with. */
export function KeysPage() {
  const { id } = useAccount();
  const mayNot = useWhyNot()('keys.manage');
  const [secret, setSecret] = useState<string>();
  const list = useInfiniteQuery({ ...keysQuery(id), enabled: !mayNot });
  const { items: keys, more } = usePages(list);
  if (mayNot) return <Notice title={texts.crm.forManagers} detail={mayNot} />;
  return (
    <ShowSecret value={setSecret}>
      {secret && <SecretOnce title={t.secret} secret={secret} explained={t.secretExplained} onClose={() => setSecret(undefined)} />}
      <Panel title={t.title} flush>
        <ListBody count={keys?.length} error={list.error} onRetry={() => void list.refetch()} none={t.none}>
          <Rows label={t.title} columns={columns} entries={(keys ?? []).map((row) => ({ key: row.id, row }))} scroll="page" onEnd={more} />
        </ListBody>
      </Panel>
      <MakeKeyForm standing={keys?.filter(({ state }) => state !== 'revoked').length ?? 0} onMade={setSecret} />
    </ShowSecret>
  );
}

function Actions({ of: { id: keyId, name, state } }: { of: ApiKey }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const showSecret = use(ShowSecret);
  const refresh = () => queries.invalidateQueries({ queryKey: keysQuery(id).queryKey });
  const attempt = useIdempotencyKey();
  const rotate = useMutation({
    mutationFn: () => rotateKey(id, keyId, attempt.of(keyId)),
    onError: sayRefused,
    onSuccess: ({ key }) => {
      attempt.renew();
      showSecret(key);
      return refresh();
    },
  });
  const revoke = async () => {
    await revokeKey(id, keyId);
    await refresh();
  };
  // Perhaps it was replaced already, and the answer was lost: asked for again, it comes.
  const mayRotate = state === 'active' || rotate.error instanceof Unreachable;
  if (state === 'revoked' || state === 'expired') return null;
  return (
    <div className={classes.actions}>
      {mayRotate && (
        <ActionButton size="xs" variant="default" aria-label={t.rotateOf(name)} loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {t.rotate}
        </ActionButton>
      )}
      <ConfirmedAction action={t.revoke} aria-label={t.revokeOf(name)} explained={t.revokeExplained} name={name} act={revoke} />
    </div>
  );
}
