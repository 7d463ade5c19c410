import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { manages } from '../../domain/member-change.ts';
import { usePages } from '../data/pages.ts';
import { invitationsQuery, invite } from '../data/people.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { type Access, AccessFields, whyNotGiven } from './access-fields.tsx';
import classes from './invite-form.module.css';

const t = texts.people;
/** The least first. */
const invitedRoles = ['viewer', 'admin', 'owner'] as const;
const unrestrictedViewer: Access = { role: 'viewer', clientIds: null };

/** Invites somebody by e-mail, as what, and to which clients. */
export function InviteForm() {
  const { id, role: own } = useAccount();
  const queries = useQueryClient();
  const mayNot = useWhyNot()('people.manage');
  const form = useForm({ initialValues: { email: '', access: unrestrictedViewer } });
  const { items: invitations } = usePages(useInfiniteQuery({ ...invitationsQuery(id), enabled: !mayNot }));
  const key = useIdempotencyKey(invitations?.filter(({ state }) => state !== 'revoked').length);
  const send = useMutation({
    mutationFn: (values: typeof form.values) => invite(id, { email: values.email, ...values.access }, key.of(values)),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: async () => {
      key.renew();
      form.reset();
      await queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey });
    },
  });
  return (
    <Panel title={t.invite}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
        <TextInput label={t.email} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <AccessFields
          roles={mayNot ? invitedRoles : invitedRoles.filter((role) => manages(own, role))}
          value={form.values.access}
          onChange={(access) => form.setFieldValue('access', access)}
        />
        <ActionButton type="submit" whyNot={mayNot ?? whyNotGiven(form.values.access)} loading={send.isPending}>
          {t.sendInvitation}
        </ActionButton>
      </form>
      {send.error && Object.keys(form.errors).length === 0 && <RefusalNote error={send.error} />}
    </Panel>
  );
}
