import { useForm } from '@mantine/form';
import { useShallowEffect } from '@mantine/hooks';
import { useEffectEvent, useRef } from 'react';
import { texts } from '../texts/texts.ts';

/**
 * A form over a record that others change as well: what is read anew goes where nothing was typed, and what was typed stays. Where both were at the
 * same field, it says so there, until it is typed into again or sent.
 *
 * @param read the record's fields, as they were read last
 */
export function useRecordForm<Values extends Record<string, string>>(read: Values) {
  const form = useForm<Values>({ initialValues: read });
  const before = useRef(read);
  /** The fields that were typed into, as they stand. */
  const typed = (): Record<string, string> => Object.fromEntries(Object.entries(form.getValues()).filter(([field]) => form.isDirty(field)));
  const takeOver = useEffectEvent(() => {
    const kept = typed();
    const said = Object.entries(form.errors).filter(([field]) => field in kept);
    const changedToo = Object.entries(kept).filter(([field, value]) => read[field] !== before.current[field] && read[field] !== value);
    before.current = read;
    form.resetDirty(read);
    form.setValues({ ...read, ...kept });
    form.setErrors(Object.fromEntries([...said, ...changedToo.map(([field]) => [field, texts.form.changedMeanwhile(read[field] ?? '')])]));
  });
  useShallowEffect(() => takeOver(), [read]);
  return { ...form, typed };
}
