import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

interface Paged<Item> {
  data: InfiniteData<{ items: Item[] }> | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  fetchNextPage: (how: { cancelRefetch: boolean }) => unknown;
}

/** The rows of all pages that were read, and what reads the next one when there is one: it breaks off no read that is under way, for it comes after it. */
export function usePages<Item>({ data, hasNextPage, isFetching, fetchNextPage }: Paged<Item>) {
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [hasNextPage, isFetching, fetchNextPage]);
  return { items, more };
}
