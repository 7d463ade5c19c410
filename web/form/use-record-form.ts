import { useForm } from '@mantine/form';
import { useEffect, useEffectEvent } from 'react';

/**
 * A form over a record that others change as well: what is read anew goes where nothing was typed, and what was typed stays.
 *
 * @param read the record's fields, as of `version`
 */
export function useRecordForm<Values extends Record<string, string>>(read: Values, version: number) {
  const form = useForm<Values>({ initialValues: read });
  const takeOver = useEffectEvent(() => {
    const typed = Object.entries(form.getValues()).filter(([field]) => form.isDirty(field));
    form.resetDirty(read);
    form.setValues({ ...read, ...Object.fromEntries(typed) });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is what there is to take over
  useEffect(() => {
    takeOver();
  }, [version]);
  return form;
}
