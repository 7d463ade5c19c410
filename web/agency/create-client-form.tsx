import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { OnLimit } from '../../domain/onboarding.ts';
import { type NewClient, onboardClient } from '../data/clients.ts';
import type { Lookalike } from '../data/duplicates.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { assignProject } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { ProjectPicker } from '../project/project-picker.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './create-client-form.module.css';
import { lookForLookalikes } from './look-for-lookalikes.ts';
import { Lookalikes } from './lookalikes.tsx';
import { NewOnboarding } from './new-onboarding.tsx';

const t = texts.createClient;

const empty = { name: '', contactEmail: '', externalReference: '', notes: '', projectId: null as string | null, shareWhenReady: false };
type Values = typeof empty;

interface Asked {
  values: Values;
  onLimit: OnLimit;
  /** Whoever asks has seen which clients look like it. */
  anyway: boolean;
}

/**
 * The create client account form. Clients that look like it are shown before it is created; its onboarding is followed below, and a refusal stands
 * there with what was typed kept.
 */
export function CreateClientForm() {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot();
  const form = useForm<Values>({ initialValues: empty });
  const name = useRef<HTMLInputElement>(null);
  const key = useIdempotencyKey();

  const create = useMutation({
    mutationFn: async ({ values, onLimit, anyway }: Asked) => {
      const lookalikes = anyway ? [] : await lookForLookalikes(queries, agencyId, values);
      if (lookalikes.length > 0) return { lookalikes };
      const client: NewClient = { ...values, onLimit };
      return { onboarding: await onboardClient(agencyId, client, key.of(client)) };
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error, empty)),
  });
  const submit = (how: Omit<Asked, 'values'>) => form.onSubmit((values) => create.mutate({ values, ...how }));
  const use = useMutation({
    mutationFn: async ({ id: clientId }: Lookalike) => {
      const { projectId } = form.values;
      if (projectId) await assignProject(agencyId, projectId, clientId);
      await navigate({ to: '/clients/$clientId', params: { clientId } });
      await refreshAgency(queries, agencyId);
    },
  });
  const { onboarding, lookalikes } = create.data ?? {};
  const fields = useRef<HTMLFormElement>(null);
  // Only what was asked for is through: whoever has gone on meanwhile, to the next client or to elsewhere, is left there.
  const accepted = () => {
    if (JSON.stringify(form.getValues()) !== JSON.stringify(create.variables?.values)) return;
    form.reset();
    const { activeElement } = document;
    if (activeElement === document.body || fields.current?.contains(activeElement)) name.current?.focus();
  };
  const firstError = Object.keys(form.errors)[0];
  useEffect(() => {
    if (firstError) form.getInputNode(firstError)?.focus();
  }, [firstError, form.getInputNode]);

  return (
    <Panel title={t.title}>
      <form ref={fields} className={classes.form} onSubmit={submit({ onLimit: 'refuse', anyway: false })} noValidate>
        <TextInput label={t.name} required withAsterisk={false} autoComplete="off" ref={name} {...form.getInputProps('name')} />
        <TextInput label={t.contactEmail} type="email" autoComplete="off" {...form.getInputProps('contactEmail')} />
        <TextInput label={t.externalReference} autoComplete="off" {...form.getInputProps('externalReference')} />
        <Textarea label={t.notes} autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
        <ProjectPicker agencyId={agencyId} label={t.assignProject} {...form.getInputProps('projectId')} />
        <Checkbox label={t.shareWhenReady} description={t.shareWhenReadyExplained} {...form.getInputProps('shareWhenReady', { type: 'checkbox' })} />
        <ActionButton type="submit" loading={create.isPending} whyNot={whyNot('clients.create')}>
          {t.submit}
        </ActionButton>
      </form>
      <div aria-live="polite" className={classes.outcome}>
        {create.error && Object.keys(form.errors).length === 0 && <RefusalNote error={create.error} />}
        {use.error && <RefusalNote error={use.error} />}
        {lookalikes && (
          <Lookalikes
            found={lookalikes}
            busy={create.isPending || use.isPending}
            onUse={(client) => use.mutate(client)}
            onAnyway={() => submit({ onLimit: 'refuse', anyway: true })()}
          />
        )}
        {onboarding && (
          <NewOnboarding
            key={onboarding.id}
            agencyId={agencyId}
            onboardingId={onboarding.id}
            onDecided={key.renew}
            onAccepted={accepted}
            onWait={() => submit({ onLimit: 'wait', anyway: true })()}
          />
        )}
      </div>
    </Panel>
  );
}
