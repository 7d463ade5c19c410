import { LRUCache } from 'lru-cache';
import { hashToken } from '../../db/token-hash.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { Listener } from '../notifications.ts';
import type { ViewedSharing } from './view-counter.ts';

/** A page as it is sent to whoever has its link. */
export interface RememberedPage {
  agencyId: AgencyId;
  html: string;
  contentSecurityPolicy: string;
  /** Null while nobody was given the link; such a page is made each time. */
  viewed: ViewedSharing | null;
  /** When its link ends. */
  expiresAt: Date | null;
}

/** Pages of shared reports, those that are looked at without asking the database. */
export interface PageMemory {
  /** The page that the link with this token opens; `make` makes it where it is not remembered, and its refusals are nobody's to remember. */
  find(token: string, make: () => Promise<RememberedPage>): Promise<RememberedPage>;
  /** Something of the agency changes by this process, which need not wait to be told. */
  forget(agencyId: AgencyId): void;
}

/** Bounds what a notification lost without a trace could cost. */
const rememberedMs = 5_000;
const largestCharacters = 32 * 1024 * 1024;

/**
 * Remembers pages while, and only while, the process hears what the database tells. Whatever changes what a link shows is an event of its agency, told
 * at commit: then all of the agency's pages are made anew.
 */
export function createPageMemory(hears: () => boolean): PageMemory & Listener {
  const pages = new LRUCache<string, RememberedPage>({ maxSize: largestCharacters, sizeCalculation: ({ html }) => html.length + 1, ttl: rememberedMs });
  /** By agency, the turn in which it last changed. */
  const changed = new LRUCache<string, number>({ max: 10_000 });
  let turn = 0;
  /** The turn in which any of them may have. */
  let gap = 0;

  function forget(agencyId: string): void {
    turn += 1;
    changed.set(agencyId, turn);
    for (const [name, page] of pages.entries()) if (page.agencyId === agencyId) pages.delete(name);
  }

  return {
    forget,
    onTold: forget,
    onGap() {
      turn += 1;
      gap = turn;
      pages.clear();
    },
    async find(token, make) {
      const name = hashToken(token).toString('base64');
      const remembered = hears() ? pages.get(name) : undefined;
      if (remembered && !isOver(remembered)) return remembered;
      const before = turn;
      const page = await make();
      // What was read may be older than what was told meanwhile.
      if (page.viewed && hears() && Math.max(gap, changed.get(page.agencyId) ?? 0) <= before) pages.set(name, page);
      return page;
    },
  };
}

function isOver({ expiresAt }: RememberedPage): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now();
}

/** One channel, several who listen. */
export function together(...listeners: Listener[]): Listener {
  return {
    onTold: (payload) => {
      for (const listener of listeners) listener.onTold(payload);
    },
    onGap: () => {
      for (const listener of listeners) listener.onGap();
    },
  };
}
