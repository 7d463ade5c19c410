import { Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AccountPage as AccountRecord, accountQuery, updateAccount } from '../data/account.ts';
import { agenciesQuery } from '../data/agencies.ts';
import { meQuery } from '../data/me.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useRecordForm } from '../form/use-record-form.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import classes from './account-page.module.css';
import explained from './explained.module.css';
import { LeaveAccount } from './leave-account.tsx';

const t = texts.account;

/** `/settings/account`: what the account is and what one is in it. */
export function AccountPage() {
  const { id } = useAccount();
  const { data: account, error, refetch } = useQuery(accountQuery(id));
  return (
    <>
      <Panel title={t.title}>
        {account ? <Account account={account} /> : error ? <RefusalNote error={error} onRetry={() => void refetch()} /> : <Skeleton height={180} />}
      </Panel>
      <Panel title={t.leave} tools={<LeaveAccount />}>
        <p className={explained.explained}>{t.leaveExplained}</p>
      </Panel>
    </>
  );
}

function Account({ account }: { account: AccountRecord }) {
  const { kind, role, counts, createdAt } = account;
  return (
    <div className={classes.account}>
      <dl className={classes.facts}>
        <Fact label={t.kind} value={t.kinds[kind]} />
        {role && <Fact label={t.role} value={texts.people.roles[role]} />}
        <Fact label={t.members} value={String(counts.members)} />
        <Fact label={t.pendingInvitations} value={String(counts.pendingInvitations)} />
        {kind === 'agency' && <Fact label={t.clients} value={String(counts.clients)} />}
        {kind === 'agency' && <Fact label={t.projects} value={String(counts.projects)} />}
        <Fact label={t.opened} value={day(createdAt)} />
      </dl>
      <p className={explained.explained}>{t.kindExplained[kind]}</p>
      <AccountForm account={account} />
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function AccountForm({ account: { id, name, billingEmail } }: { account: AccountRecord }) {
  const queries = useQueryClient();
  const whyNot = useWhyNot()('account.write');
  const form = useRecordForm({ name, billingEmail: billingEmail ?? '' });
  const save = useMutation({
    // What another admin changes meanwhile is left as it is.
    mutationFn: (_: typeof form.values) => updateAccount(id, form.typed()),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: (_, values) => {
      form.resetDirty(values);
      return Promise.all([accountQuery(id), meQuery, agenciesQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey })));
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <TextInput label={t.name} autoComplete="organization" readOnly={whyNot !== undefined} {...form.getInputProps('name')} />
      {whyNot === undefined && <TextInput label={t.billingEmail} type="email" autoComplete="off" {...form.getInputProps('billingEmail')} />}
      {save.error && Object.keys(form.errors).length === 0 && <RefusalNote error={save.error} />}
      <ActionButton type="submit" variant="default" whyNot={whyNot ?? (form.isDirty() ? undefined : t.changeFirst)} loading={save.isPending}>
        {texts.client.save}
      </ActionButton>
    </form>
  );
}
