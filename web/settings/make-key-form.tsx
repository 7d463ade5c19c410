import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Scope, scopes } from '../../domain/permission.ts';
import { keysQuery, makeKey, type NewKey } from '../data/keys.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './make-key-form.module.css';

const t = texts.keys;
const dayMs = 86_400_000;
const lifetimes = [0, 30, 90, 365] as const;
const blank = { name: '', scopes: ['clients:read'] as string[], days: '90' };

/** A key with a name, what it may do, and an end. */
export function MakeKeyForm({ standing, onMade }: { standing: number; onMade: (secret: string) => void }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const form = useForm({ initialValues: blank });
  const attempt = useIdempotencyKey(standing);
  const make = useMutation({
    mutationFn: (values: typeof form.values) => {
      const idempotencyKey = attempt.of(values);
      return makeKey(id, newKeyOf(values, attempt.askedAt()), idempotencyKey);
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: async ({ key }) => {
      attempt.renew();
      form.reset();
      onMade(key);
      await queries.invalidateQueries({ queryKey: keysQuery(id).queryKey });
    },
  });
  return (
    <Panel title={t.make}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
        <TextInput label={t.name} description={t.nameExplained} autoComplete="off" {...form.getInputProps('name')} />
        <Checkbox.Group label={t.scopes} {...form.getInputProps('scopes')}>
          <div className={classes.scopes}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={t.scopeWords[scope]} />
            ))}
          </div>
        </Checkbox.Group>
        <NativeSelect label={t.ends} data={lifetimes.map((days) => ({ value: String(days), label: t.lifetime(days) }))} {...form.getInputProps('days')} />
        {make.error && Object.keys(form.errors).length === 0 && <RefusalNote error={make.error} />}
        <div>
          <ActionButton type="submit" loading={make.isPending}>
            {t.make}
          </ActionButton>
        </div>
      </form>
    </Panel>
  );
}

/** Its days are counted from when it was first asked for: asked for again, after a lost answer, it is the same key. */
function newKeyOf({ name, scopes: chosen, days }: typeof blank, askedAtMs: number): NewKey {
  return {
    name,
    scopes: chosen.filter((scope): scope is Scope => scopes.some((known) => known === scope)),
    ...(days !== '0' && { expiresAt: new Date(askedAtMs + Number(days) * dayMs).toISOString() }),
  };
}
