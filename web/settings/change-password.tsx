import { PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePassword, sessionsQuery } from '../data/sessions.ts';
import { Panel } from '../frame/panel.tsx';
import { SignedOutForm } from '../sign-in/signed-out-form.tsx';
import { texts } from '../texts/texts.ts';
import classes from './change-password.module.css';
import explained from './explained.module.css';

const t = texts.sessions;

/** Another password, by whoever knows the one of now. */
export function ChangePassword() {
  const queries = useQueryClient();
  const [changes, setChanges] = useState(0);
  const done = () => {
    setChanges(changes + 1);
    void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  return (
    <Panel title={t.password}>
      <p className={explained.lead} role="status">
        {changes > 0 ? t.passwordChanged : t.passwordExplained}
      </p>
      <div className={classes.form}>
        <SignedOutForm key={changes} initial={{ currentPassword: '', newPassword: '' }} submit={t.changePassword} onSubmit={changePassword} onDone={done}>
          {(field) => (
            <>
              <PasswordInput label={t.currentPassword} autoComplete="current-password" {...field('currentPassword')} />
              <PasswordInput label={texts.reset.newPassword} description={texts.signUp.passwordRule} autoComplete="new-password" {...field('newPassword')} />
            </>
          )}
        </SignedOutForm>
      </div>
    </Panel>
  );
}
