import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ClientAccount, editClient } from '../data/clients.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useRecordForm } from '../form/use-record-form.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import classes from './client-details.module.css';

const t = texts.client;

/** What is known of the client; edited in its place. */
export function ClientDetails({ client }: { client: ClientAccount }) {
  const [editing, setEditing] = useState(false);
  const whyNot = useWhyNot()('clients.write');
  const edit = (
    <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => setEditing(true)}>
      {t.edit}
    </ActionButton>
  );
  return (
    <Panel title={t.details} tools={!editing && client.state !== 'archived' && edit}>
      {editing ? <EditClient key={client.id} client={client} onDone={() => setEditing(false)} /> : <Details client={client} />}
    </Panel>
  );
}

function Details({ client: { contactEmail, externalReference, notes, createdAt } }: { client: ClientAccount }) {
  const nothing = texts.clients.nothing;
  return (
    <dl className={classes.details}>
      <dt>{t.contactEmail}</dt>
      <dd>{contactEmail ? <a href={`mailto:${contactEmail}`}>{contactEmail}</a> : nothing}</dd>
      <dt>{t.externalReference}</dt>
      <dd>{externalReference ?? nothing}</dd>
      <dt>{t.notes}</dt>
      <dd className={classes.notes}>{notes ?? nothing}</dd>
      <dt>{t.created}</dt>
      <dd>
        <Since at={createdAt} />
      </dd>
    </dl>
  );
}

function EditClient({ client, onDone }: { client: ClientAccount; onDone: () => void }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const form = useRecordForm({
    name: client.name,
    contactEmail: client.contactEmail ?? '',
    externalReference: client.externalReference ?? '',
    notes: client.notes ?? '',
  });
  const save = useMutation({
    mutationFn: (change: typeof form.values) => editClient(agencyId, client, change),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: async () => {
      await refreshAgency(queries, agencyId);
      onDone();
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <TextInput label={texts.createClient.name} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <TextInput label={t.contactEmail} type="email" autoComplete="off" {...form.getInputProps('contactEmail')} />
      <TextInput label={t.externalReference} autoComplete="off" {...form.getInputProps('externalReference')} />
      <Textarea label={t.notes} autosize minRows={2} maxRows={10} {...form.getInputProps('notes')} />
      {save.error && Object.keys(form.errors).length === 0 && <RefusalNote error={save.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={save.isPending}>
          {t.save}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
