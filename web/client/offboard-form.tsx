import { Button, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClientAccount } from '../data/clients.ts';
import { offboardClient } from '../data/offboarding.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount } from '../frame/account.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './client-details.module.css';
import { OffboardingPlan } from './offboarding-plan.tsx';

const t = texts.offboarding;
const dayMs = 86_400_000;

/** Asks for the day on which the client leaves, and shows what that will do before it is asked for. */
export function OffboardForm({ client, onClose }: { client: ClientAccount; onClose: () => void }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { on: '', message: '' } });
  const offboard = useMutation({
    mutationFn: ({ on, message }: typeof form.values) => offboardClient(agencyId, client.id, { on, message: message || null }),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: async () => {
      await refreshAgency(queries, agencyId);
      onClose();
    },
  });
  const tomorrow = new Date(Date.now() + dayMs).toISOString().slice(0, 10);
  const { contactEmail } = client;
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => offboard.mutate(values))} noValidate>
      <TextInput
        type="date"
        label={t.on}
        description={t.onExplained}
        min={tomorrow}
        className={classes.short}
        data-autofocus
        autoFocus
        {...form.getInputProps('on')}
      />
      {contactEmail && (
        <Textarea label={t.message} description={t.messageExplained(contactEmail)} autosize minRows={2} maxRows={8} {...form.getInputProps('message')} />
      )}
      <OffboardingPlan client={client} on={form.values.on || undefined} />
      {offboard.error && Object.keys(form.errors).length === 0 && <RefusalNote error={offboard.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={offboard.isPending}>
          {t.submit}
        </Button>
        <Button variant="default" onClick={onClose}>
          {texts.client.keep}
        </Button>
      </div>
    </form>
  );
}
