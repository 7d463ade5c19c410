import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientsQuery } from '../data/clients.ts';
import { invitationsQuery, invite } from '../data/people.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './invite-form.module.css';

const t = texts.people;
const invitedRoles = ['viewer', 'admin'] as const;

/** Invites somebody by e-mail, as what, and to which clients. */
export function InviteForm() {
  const { id, kind } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('people.manage');
  const form = useForm({ initialValues: { email: '', role: 'viewer' as (typeof invitedRoles)[number], clientIds: [] as string[] } });
  const { data: clients } = useInfiniteQuery({ ...clientsQuery(id, { state: 'active' }), enabled: kind === 'agency' });
  const send = useMutation({
    mutationFn: ({ email, role, clientIds }: typeof form.values) => invite(id, { email, role, clientIds: clientIds.length > 0 ? clientIds : null }),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey });
    },
  });
  return (
    <Panel title={t.invite}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
        <TextInput label={t.email} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <NativeSelect label={t.role} data={invitedRoles.map((value) => ({ value, label: t.roles[value] }))} {...form.getInputProps('role')} />
        {kind === 'agency' && (
          <MultiSelect
            label={t.restrictTo}
            description={t.restrictExplained}
            searchable
            clearable
            placeholder={form.values.clientIds.length === 0 ? t.allClients : undefined}
            data={clients?.pages.flatMap(({ items }) => items.map(({ id: value, name: label }) => ({ value, label }))) ?? []}
            {...form.getInputProps('clientIds')}
          />
        )}
        <ActionButton type="submit" whyNot={whyNot} loading={send.isPending}>
          {t.sendInvitation}
        </ActionButton>
      </form>
      {send.error && Object.keys(form.errors).length === 0 && <RefusalNote error={send.error} />}
    </Panel>
  );
}
