import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { OnLimit } from '../../domain/onboarding.ts';
import { type NewClient, onboardClient } from '../data/clients.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { ProjectPicker } from '../project/project-picker.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './create-client-form.module.css';
import { NewOnboarding } from './new-onboarding.tsx';

const t = texts.createClient;

const empty = { name: '', contactEmail: '', externalReference: '', notes: '', projectId: null as string | null };
type Values = typeof empty;

/** The create client account form; its onboarding is followed below it, and a refusal stands there with what was typed kept. */
export function CreateClientForm() {
  const { id: agencyId } = useAccount();
  const whyNot = useWhyNot();
  const form = useForm<Values>({ initialValues: empty });
  const name = useRef<HTMLInputElement>(null);
  // The same request sent again, after a lost connection, is the same onboarding; another one has another key.
  const attempt = useRef({ body: '', key: '' });

  const create = useMutation({
    mutationFn: ({ values, onLimit }: { values: Values; onLimit: OnLimit }) => {
      const client: NewClient = { ...values, onLimit };
      const body = JSON.stringify(client);
      if (attempt.current.body !== body) attempt.current = { body, key: crypto.randomUUID() };
      return onboardClient(agencyId, client, attempt.current.key);
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error, empty)),
  });
  const submit = (onLimit: OnLimit) => form.onSubmit((values) => create.mutate({ values, onLimit }));
  const decided = () => {
    attempt.current = { body: '', key: '' };
  };
  const accepted = () => {
    form.reset();
    name.current?.focus();
  };
  const firstError = Object.keys(form.errors)[0];
  useEffect(() => {
    if (firstError) form.getInputNode(firstError)?.focus();
  }, [firstError, form.getInputNode]);

  return (
    <Panel title={t.title}>
      <form className={classes.form} onSubmit={submit('refuse')} noValidate>
        <TextInput label={t.name} required withAsterisk={false} autoComplete="off" ref={name} {...form.getInputProps('name')} />
        <TextInput label={t.contactEmail} type="email" autoComplete="off" {...form.getInputProps('contactEmail')} />
        <TextInput label={t.externalReference} autoComplete="off" {...form.getInputProps('externalReference')} />
        <Textarea label={t.notes} autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
        <ProjectPicker agencyId={agencyId} label={t.assignProject} {...form.getInputProps('projectId')} />
        <ActionButton type="submit" loading={create.isPending} whyNot={whyNot('clients.create')}>
          {t.submit}
        </ActionButton>
      </form>
      <div aria-live="polite" className={classes.outcome}>
        {create.error && Object.keys(form.errors).length === 0 && <RefusalNote error={create.error} />}
        {create.data && (
          <NewOnboarding
            key={create.data.id}
            agencyId={agencyId}
            onboardingId={create.data.id}
            onDecided={decided}
            onAccepted={accepted}
            onWait={() => submit('wait')()}
          />
        )}
      </div>
    </Panel>
  );
}
