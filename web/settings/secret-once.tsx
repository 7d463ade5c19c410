import { Button, CopyButton } from '@mantine/core';
import { texts } from '../texts/texts.ts';
import classes from './secret-once.module.css';

interface SecretOnceProps {
  title: string;
  secret: string;
  explained: string;
  onClose: () => void;
}

/** A secret that is shown this once. */
export function SecretOnce({ title, secret, explained, onClose }: SecretOnceProps) {
  return (
    <div className={classes.box} role="status">
      <p className={classes.title}>{title}</p>
      <code className={classes.secret}>{secret}</code>
      <p className={classes.explained}>{explained}</p>
      <div className={classes.buttons}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? texts.sharing.copied : texts.settings.copy}
            </Button>
          )}
        </CopyButton>
        <Button size="xs" onClick={onClose}>
          {texts.settings.kept}
        </Button>
      </div>
    </div>
  );
}
