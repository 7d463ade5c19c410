import { LRUCache } from 'lru-cache';
import type { AgencyId } from '../domain/ids.ts';
import { shareReads } from './shared-read.ts';

/** Which page of the list of clients is asked for, by whom. */
export interface AskedPage {
  agencyId: AgencyId;
  /** Who sees and may the same there. */
  audience: string;
  query: unknown;
}

/** Pages of the list of clients, those that are looked at again and again without being made again. */
export interface ListMemory {
  /** The page as JSON text; `make` makes it where it is not remembered, or is not what the database has now. */
  find(asked: AskedPage, make: () => Promise<string>): Promise<string>;
}

interface RememberedPage {
  stamp: string;
  text: string;
}

/** What is no longer so is not kept for long, whether it is asked for again or not. */
const rememberedMs = 60_000;
const largestCharacters = 32 * 1024 * 1024;

/**
 * Remembers pages, and asks the database at every request whether they still hold: a page is given away only while the agency's stamp is the one that
 * was read before the page was.
 */
export function createListMemory(readStamp: (agencyId: AgencyId) => Promise<string | null>): ListMemory {
  const pages = new LRUCache<string, RememberedPage>({
    maxSize: largestCharacters,
    sizeCalculation: ({ text }, name) => text.length + name.length,
    ttl: rememberedMs,
    ttlAutopurge: true,
  });
  const stampNow = shareReads(readStamp);

  return {
    async find({ agencyId, audience, query }, make) {
      const name = JSON.stringify([agencyId, audience, query]);
      const stamp = await stampNow(agencyId);
      const remembered = pages.get(name);
      if (remembered && remembered.stamp === stamp) return remembered.text;
      const text = await make();
      if (stamp !== null) pages.set(name, { stamp, text });
      return text;
    },
  };
}
