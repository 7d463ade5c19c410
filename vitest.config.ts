import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { KindsInTurn } from './test/harness/kinds-in-turn.ts';
import { SummaryLine } from './test/harness/summary-line.ts';

type Kind = {
  name: string;
  /** What the kind needs for the whole run; started once, whichever kinds ask. */
  needs?: 'database' | 'servers' | 'bundle' | 'browser';
  /** A fresh process a file. Without it files of a kind share one: faster, for kinds that keep nothing in the process. */
  isolate?: boolean;
  testTimeoutMs?: number;
};

/**
 * A task that a worker has taken and not answered is handed out again after ten seconds, or fifteen where it is an activity: nothing is wrong then, and a
 * machine with every core busy sees it happen.
 */
const longerThanATaskIsLostMs = 45_000;

/**
 * In the order in which they run. Those that need most come first, so that everything they need starts side by side; those of many short files come last, so
 * that no core is idle while a long one ends.
 */
const kinds: Kind[] = [
  { name: 'browser', needs: 'browser', testTimeoutMs: 60_000 },
  { name: 'failure', needs: 'servers', isolate: true, testTimeoutMs: 60_000 },
  { name: 'workflow', needs: 'servers' },
  { name: 'api', needs: 'servers' },
  { name: 'replay', needs: 'bundle', isolate: true },
  { name: 'activity', needs: 'database' },
  { name: 'isolation', needs: 'database' },
  { name: 'deploy' },
  { name: 'unit' },
];

// Every process of the run, a server under test as well, compiles what it loads once for all.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');

export default defineConfig({
  test: {
    reporters: ['default', new SummaryLine()],
    sequence: { sequencer: KindsInTurn },
    projects: kinds.map(({ name, needs, isolate = false, testTimeoutMs = longerThanATaskIsLostMs }) => ({
      extends: true as const,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        globalSetup: needs ? [`test/harness/setup/${needs}.ts`] : [],
        isolate,
        testTimeout: testTimeoutMs,
        hookTimeout: 60_000,
      },
    })),
    pool: 'forks',
    maxWorkers: 3,
    teardownTimeout: 60_000,
  },
});
