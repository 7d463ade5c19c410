import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followStream } from './follow-stream.ts';
import { meQuery } from './me.ts';
import { refreshAgency } from './refresh.ts';

/** Many events at once, as of an import, are one reason to read again. */
const gatherMs = 250;

/** Keeps all that is shown of the agency true: whatever happens in it, by whomever, is read again within a moment. */
export function useFollowedAgency(agencyId: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!agencyId) return;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let changedSince = false;
    const changed = () => {
      changedSince = true;
      gathering ??= setTimeout(readAgain, gatherMs);
    };
    // One at a time: a read that is slower than events come would be started over and over, and never be shown.
    const readAgain = async () => {
      changedSince = false;
      await refreshAgency(queries, agencyId);
      gathering = undefined;
      if (changedSince) changed();
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
      changedSince = false;
    };
  }, [queries, agencyId]);
}

/** Does it perhaps change what the person is in the agency? */
function isAboutPeople(event: string): boolean {
  const { kind }: { kind?: unknown } = JSON.parse(event);
  return typeof kind === 'string' && /^(member|ownership|account)\./.test(kind);
}
