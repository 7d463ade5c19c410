import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { standardMapping, standardTrigger } from '../../domain/crm-reading.ts';
import { type CrmReading, connectCrm, connectionsQuery, type NewCrmConnection } from '../data/crm.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './connect-crm-form.module.css';
import explained from './explained.module.css';

const t = texts.crm;
const acts = ['onboard', 'update'] as const;
const fields = ['externalReference', 'name', 'contactEmail', 'notes', 'domain'] as const;

const standard = { ...standardMapping, onboard: standardTrigger.onboard.join(', '), update: standardTrigger.update.join(', ') };

/** Connects a CRM, by what its events are called and where in them each field stands; as it is given it is for CRMs that write Foyer's own events. */
export function ConnectCrmForm({ connected, onMade }: { connected: number; onMade: (connection: NewCrmConnection) => void }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const key = useIdempotencyKey(connected);
  const form = useForm<Record<keyof typeof standard, string>>({ initialValues: standard });
  const connect = useMutation({
    mutationFn: (values: typeof form.values) => connectCrm(id, readingOf(values), key.of(values)),
    onError: (error) => form.setErrors(fieldErrorsOf(error, standard, (pointer) => pointer.split('/')[2] ?? '')),
    onSuccess: (made) => {
      key.renew();
      form.reset();
      onMade(made);
      return queries.invalidateQueries({ queryKey: connectionsQuery(id).queryKey });
    },
  });
  return (
    <Panel title={t.connect}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => connect.mutate(values))} noValidate>
        <p className={explained.explained}>{t.readingExplained}</p>
        <div className={classes.fields}>
          {acts.map((act) => (
            <TextInput key={act} label={t.acts[act]} autoComplete="off" spellCheck={false} {...form.getInputProps(act)} />
          ))}
        </div>
        <p className={explained.explained}>{t.mappingExplained}</p>
        <div className={classes.fields}>
          {fields.map((field) => (
            <TextInput key={field} label={t.fields[field]} autoComplete="off" spellCheck={false} {...form.getInputProps(field)} />
          ))}
        </div>
        {connect.error && Object.keys(form.errors).length === 0 && <RefusalNote error={connect.error} />}
        <div>
          <ActionButton type="submit" loading={connect.isPending}>
            {t.connect}
          </ActionButton>
        </div>
      </form>
    </Panel>
  );
}

/** What is left blank is not taken, where it need not be there. */
function readingOf({ onboard, update, externalReference, name, ...optional }: Record<keyof typeof standard, string>): CrmReading {
  const orNothing = (pointer: string) => pointer.trim() || null;
  return {
    trigger: { onboard: typesIn(onboard), update: typesIn(update) },
    mapping: {
      externalReference,
      name,
      contactEmail: orNothing(optional.contactEmail),
      notes: orNothing(optional.notes),
      domain: orNothing(optional.domain),
    },
  };
}

function typesIn(text: string): string[] {
  return text
    .split(',')
    .map((type) => type.trim())
    .filter(Boolean);
}
