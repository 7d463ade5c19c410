import { lazy, Suspense } from 'react';
import type { NameDialogProps } from './name-dialog.tsx';

const NameDialog = lazy(async () => ({ default: (await import('./name-dialog.tsx')).NameDialog }));

/** For what cannot be undone: it is done once its name was typed. The dialog is loaded when it is first needed. */
export function ConfirmByName(props: NameDialogProps) {
  return (
    <Suspense>
      <NameDialog {...props} />
    </Suspense>
  );
}
