import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Mark } from '../badge/mark.tsx';
import type { Lookalike } from '../data/duplicates.ts';
import { texts } from '../texts/texts.ts';
import classes from './lookalikes.module.css';

const t = texts.duplicates;

interface LookalikesProps {
  found: Lookalike[];
  busy: boolean;
  onUse: (client: Lookalike) => void;
  onAnyway: () => void;
}

/** Clients that may be the one that is about to be created: to be used instead, or to be told apart. */
export function Lookalikes({ found, busy, onUse, onAnyway }: LookalikesProps) {
  return (
    <div className={classes.note} role="alert">
      <p className={classes.title}>
        <Mark tone="needs" />
        {t.found}
      </p>
      <ul className={classes.list}>
        {found.map((client) => (
          <li key={client.id} className={classes.lookalike}>
            <div>
              <Link to="/clients/$clientId" params={{ clientId: client.id }}>
                {client.name}
              </Link>
              {client.state !== 'active' && `, ${texts.clients.states[client.state]}`}
              <p className={classes.reason}>{client.reasons.map((reason) => t.reasons[reason]).join(', ')}</p>
            </div>
            <Button size="xs" variant="default" disabled={busy} aria-label={t.insteadOf(client.name)} onClick={() => onUse(client)}>
              {t.instead}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" loading={busy} className={classes.anyway} onClick={onAnyway}>
        {t.anyway}
      </Button>
    </div>
  );
}
