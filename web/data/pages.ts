import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

interface Paged<Item> {
  data: InfiniteData<{ items: Item[] }> | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The rows of all pages that were read, and what reads the next one when there is one. */
export function usePages<Item>({ data, hasNextPage, isFetchingNextPage, fetchNextPage }: Paged<Item>) {
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { items, more };
}
