import { useForm } from '@mantine/form';
import { useShallowEffect } from '@mantine/hooks';
import { useEffectEvent } from 'react';

/**
 * A form over a record that others change as well: what is read anew goes where nothing was typed, and what was typed stays.
 *
 * @param read the record's fields, as they were read last
 */
export function useRecordForm<Values extends Record<string, string>>(read: Values) {
  const form = useForm<Values>({ initialValues: read });
  /** The fields that were typed into, as they stand. */
  const typed = (): Record<string, string> => Object.fromEntries(Object.entries(form.getValues()).filter(([field]) => form.isDirty(field)));
  const takeOver = useEffectEvent(() => {
    const kept = typed();
    form.resetDirty(read);
    form.setValues({ ...read, ...kept });
  });
  useShallowEffect(() => takeOver(), [read]);
  return { ...form, typed };
}
