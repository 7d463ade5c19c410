import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CrmDeliveryOutcome } from '../../domain/crm.ts';
import { Status } from '../badge/status.tsx';
import {
  type CrmConnection,
  type CrmDelivery,
  connectionsQuery,
  deliveriesQuery,
  type NewCrmConnection,
  removeConnection,
  rotateConnection,
  tryConnection,
} from '../data/crm.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { Since } from '../time/since.tsx';
import { sayRefused } from '../undo/offer-undo.tsx';
import classes from './connection.module.css';
import { SecretOnce } from './secret-once.tsx';

const t = texts.crm;

const tone = { onboarding: 'fine', ignored: 'quiet', refused: 'blocked' } as const satisfies Record<CrmDeliveryOutcome, Tone>;

const columns: Column<CrmDelivery>[] = [
  { key: 'at', title: t.receivedAt, width: '7rem', cell: ({ receivedAt }) => <Since at={receivedAt} /> },
  { key: 'type', title: t.type, width: 'minmax(8rem, 1fr)', cell: ({ type }) => type ?? texts.clients.nothing },
  { key: 'outcome', title: t.outcome, width: 'minmax(8rem, 0.8fr)', cell: ({ outcome }) => <Status tone={tone[outcome]}>{t.outcomes[outcome]}</Status> },
  { key: 'reason', title: t.reason, width: 'minmax(10rem, 2fr)', cell: ({ reason, replayed }) => reason ?? (replayed ? t.replayed : texts.clients.nothing) },
];

/** One connection: its address, a test, a new secret, and what came in by it last. */
export function Connection({ connection }: { connection: CrmConnection }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const deliveries = useQuery(deliveriesQuery(agencyId, connection.id));
  const [rotated, setRotated] = useState<NewCrmConnection>();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: connectionsQuery(agencyId).queryKey }),
      queries.invalidateQueries({ queryKey: deliveriesQuery(agencyId, connection.id).queryKey }),
    ]);
  const test = useMutation({ mutationFn: () => tryConnection(agencyId, connection.id), onError: sayRefused, onSuccess: refresh });
  const key = useIdempotencyKey();
  const rotate = useMutation({
    mutationFn: () => rotateConnection(agencyId, connection.id, key.of(connection.id)),
    onError: sayRefused,
    onSuccess: (made) => {
      key.renew();
      setRotated(made);
      return refresh();
    },
  });
  const remove = async () => {
    await removeConnection(agencyId, connection.id);
    await refresh();
  };
  const tools = (
    <>
      <ActionButton size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {t.test}
      </ActionButton>
      <ActionButton size="xs" variant="default" loading={rotate.isPending} onClick={() => rotate.mutate()}>
        {t.rotate}
      </ActionButton>
      <ConfirmedAction action={t.remove} explained={t.removeExplained} name={connection.provider} act={remove} />
    </>
  );
  return (
    <Panel title={t.connectionOf(connection.provider)} tools={tools} flush>
      <div className={classes.head}>
        {rotated && <SecretOnce title={t.secret} secret={rotated.secret} explained={t.rotatedExplained} onClose={() => setRotated(undefined)} />}
        <p className={classes.url}>
          {t.url} <code>{connection.url}</code>
        </p>
        <Reading connection={connection} />
        {connection.lastUnverifiedAt && (
          <p className={classes.url}>
            <Status tone="needs">{t.unverified}</Status> <Since at={connection.lastUnverifiedAt} />
          </p>
        )}
      </div>
      <ListBody count={deliveries.data?.items.length} error={deliveries.error} onRetry={() => void deliveries.refetch()} none={t.noDeliveries}>
        <Rows label={t.deliveries} columns={columns} entries={(deliveries.data?.items ?? []).map((row) => ({ key: row.id, row }))} scroll="page" />
      </ListBody>
    </Panel>
  );
}

/** What its events do, and where in them each field stands. */
function Reading({ connection: { trigger, mapping } }: { connection: CrmConnection }) {
  const { externalReference, name, contactEmail, notes, domain } = mapping;
  const facts = [
    [t.acts.onboard, trigger.onboard.join(', ')],
    [t.acts.update, trigger.update.join(', ')],
    [t.fields.externalReference, externalReference],
    [t.fields.name, name],
    [t.fields.contactEmail, contactEmail],
    [t.fields.notes, notes],
    [t.fields.domain, domain],
  ] as const;
  return (
    <dl className={classes.reading} aria-label={t.reading}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ? <code>{value}</code> : t.notTaken}</dd>
        </div>
      ))}
    </dl>
  );
}
