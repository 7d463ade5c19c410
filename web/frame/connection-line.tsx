import { Mark } from '../badge/mark.tsx';
import { useConnection } from '../data/connection.ts';
import { texts } from '../texts/texts.ts';
import classes from './connection-line.module.css';

/** A quiet line while the server is not reached. */
export function ConnectionLine() {
  const standing = useConnection();
  return (
    <div role="status" className={classes.place}>
      {standing === 'lost' && (
        <p className={classes.line}>
          <Mark tone="needs" />
          {texts.frame.connectionLost}
        </p>
      )}
    </div>
  );
}
