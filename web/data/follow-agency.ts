import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followStream } from './follow-stream.ts';
import { refreshAgency } from './refresh.ts';

/** Many events at once, as of an import, are one reason to read again. */
const gatherMs = 250;

/** Keeps all that is shown of the agency true: whatever happens in it, by whomever, is read again within a moment. */
export function useFollowedAgency(agencyId: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!agencyId) return;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void refreshAgency(queries, agencyId);
      }, gatherMs);
    };
    const stop = followStream(`/v1/agencies/${agencyId}/events/stream`, 'event', { onEvent: changed, onOpen: changed });
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [queries, agencyId]);
}
