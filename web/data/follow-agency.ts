import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followStream } from './follow-stream.ts';
import { meQuery } from './me.ts';
import { refreshAgency } from './refresh.ts';

/** Many events at once, as of an import, are one reason to read again. */
const gatherMs = 250;
/** How long a read may take at first: after one that never answers, nothing would be read any more. */
const patienceMs = 10_000;

/** Keeps all that is shown of the agency true: whatever happens in it, by whomever, is read again within a moment. */
export function useFollowedAgency(agencyId: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!agencyId) return;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let changedSince = false;
    let waitMs = patienceMs;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      changedSince = true;
      gathering ??= setTimeout(readAgain, gatherMs);
    };
    // One at a time: a read that is slower than events come would be started over and over, and never be shown.
    const readAgain = async () => {
      changedSince = false;
      const givenUp = new Promise<false>((resolve) => {
        waiting = setTimeout(() => resolve(false), waitMs);
      });
      const isThrough = await Promise.race([refreshAgency(queries, agencyId).then(() => true), givenUp]);
      clearTimeout(waiting);
      // Each time twice as long: a slow connection comes to its end too.
      waitMs = isThrough ? patienceMs : waitMs * 2;
      gathering = undefined;
      if (changedSince || !isThrough) changed();
    };
    const askWho = () => void queries.invalidateQueries({ queryKey: meQuery.queryKey });
    const onEvent = (event: string) => {
      if (isAboutPeople(event)) askWho();
      changed();
    };
    // A stream ends when the person is something else in the agency: the next one may be another's.
    let openedBefore = false;
    const onOpen = () => {
      if (openedBefore) askWho();
      openedBefore = true;
      changed();
    };
    const stop = followStream(`/v1/agencies/${agencyId}/events/stream`, 'event', { onEvent, onOpen, onGivenUp: askWho });
    return () => {
      stop();
      clearTimeout(gathering);
      clearTimeout(waiting);
      changedSince = false;
    };
  }, [queries, agencyId]);
}

/** Does it perhaps change what the person is in the agency? */
function isAboutPeople(event: string): boolean {
  const { kind }: { kind?: unknown } = JSON.parse(event);
  return typeof kind === 'string' && /^(member|ownership|account)\./.test(kind);
}
