import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { Piscina } from 'piscina';
import type { ReportDocument } from '../domain/report-document.ts';

/** Draws reports as PDF on threads of its own, so that nobody else waits for it, and remembers what it has drawn. */
export interface PdfPress {
  /** The report as PDF, the same bytes for the same report; `logo` is a PNG. Throws `PressBusy` where it would not begin in time, or has not. */
  print(document: ReportDocument, logo: Uint8Array | undefined): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends its threads, once what they draw is drawn. */
  stop(): Promise<void>;
}

interface Print {
  document: ReportDocument;
  logo: Uint8Array | undefined;
}

/** What a thread of the press draws. */
export interface PrintOrder extends Print {
  /** Shared with the thread, which writes a 1 as it takes the order. */
  taken: Uint8Array<SharedArrayBuffer>;
}

export class PressBusy extends Error {
  override name = 'PressBusy';
}

/** A drawing takes a tenth of a second, a large one seconds: about ten seconds' worth. */
const longestQueue = 64;
/** Its wait included; what takes longer is not to hold a thread that others wait for. */
const longestDrawingMs = 60_000;
const rememberedBytes = 32 * 1024 * 1024;
/** For a report of a thousand findings with a large logo it is ample; one that needs more is not to take the process with it. */
const threadMegabytes = 256;

/**
 * @param threads how many draw at the same time; one processor is left to everything else, where there are several.
 * @param giveUp asked with each drawing when to end it
 */
export function createPdfPress({
  threads = Math.max(1, Math.min(4, availableParallelism() - 1)),
  queue = longestQueue,
  giveUp = () => AbortSignal.timeout(longestDrawingMs),
} = {}): PdfPress {
  const pool = new Piscina<PrintOrder, Uint8Array<ArrayBuffer>>({
    filename: new URL('./press-thread.ts', import.meta.url).href,
    // Threads begin with the first report and end when none has come for a while.
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    maxQueue: queue,
    // A thread that waits without its event loop would not hear of what it reads and writes.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
  });
  // By all that a drawing follows from: what changes is another drawing, and nothing is ever to be forgotten.
  const printed = new LRUCache<string, Uint8Array<ArrayBuffer>, Print>({
    maxSize: rememberedBytes,
    sizeCalculation: ({ byteLength }) => byteLength + 1,
    // Whoever asks for what is being drawn waits for the same drawing.
    fetchMethod: async (_, __, { context }) => draw(context),
    ignoreFetchAbort: true,
  });

  async function draw(wanted: Print): Promise<Uint8Array<ArrayBuffer>> {
    if (pool.queueSize >= queue) throw new PressBusy('more reports wait to be drawn than would be in time');
    const taken = new Uint8Array(new SharedArrayBuffer(1));
    const signal = giveUp();
    try {
      return await pool.run({ ...wanted, taken }, { signal });
    } catch (error) {
      // What had not begun says nothing of the report.
      if (signal.aborted && Atomics.load(taken, 0) === 0) throw new PressBusy('the report waited for a thread for too long', { cause: error });
      throw error;
    }
  }

  return {
    print: (document, logo) => printed.forceFetch(nameOf(document, logo), { context: { document, logo } }),
    stop: () => pool.close(),
  };
}

/** The logo's address is not drawn: by another link it is another one, and the same drawing. */
function nameOf({ brand, ...document }: ReportDocument, logo: Uint8Array | undefined): string {
  const drawn = { ...document, brand: { ...brand, logo: brand.logo && { ...brand.logo, url: null } } };
  const hash = createHash('sha256').update(JSON.stringify(drawn));
  if (logo) hash.update('\0').update(logo);
  return hash.digest('base64');
}
