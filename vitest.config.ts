import { defineConfig } from 'vitest/config';
import { SummaryLine } from './test/harness/summary-line.ts';

type Kind = {
  name: string;
  /** What the kind needs for the whole run; started once, whichever kinds ask. */
  needs?: 'database' | 'servers' | 'bundle' | 'browser';
  /** A fresh process a file. Without it files of a kind share one: faster, for kinds that keep nothing in the process. */
  isolate?: boolean;
  testTimeoutMs?: number;
  /** How often a test is tried again: a browser on a busy machine can be late for what it waits for. */
  retry?: number;
};

/** Those that need most come first, so that everything they need starts side by side. */
const kinds: Kind[] = [
  { name: 'browser', needs: 'browser', testTimeoutMs: 60_000, retry: 2 },
  { name: 'failure', needs: 'servers', isolate: true, testTimeoutMs: 60_000 },
  { name: 'workflow', needs: 'servers' },
  { name: 'api', needs: 'servers' },
  { name: 'replay', needs: 'bundle', isolate: true },
  { name: 'activity', needs: 'database' },
  { name: 'isolation', needs: 'database' },
  { name: 'deploy' },
  { name: 'unit' },
];

export default defineConfig({
  test: {
    reporters: ['default', new SummaryLine()],
    projects: kinds.map(({ name, needs, isolate = false, testTimeoutMs = 20_000, retry = 0 }) => ({
      extends: true as const,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        globalSetup: needs ? [`test/harness/setup/${needs}.ts`] : [],
        isolate,
        testTimeout: testTimeoutMs,
        retry,
        hookTimeout: 60_000,
      },
    })),
    pool: 'forks',
    maxWorkers: 3,
    teardownTimeout: 60_000,
    // A hint that is sent again after a test file has closed its connection reaches nobody, and need not.
    onUnhandledError: ({ message }) => message !== 'Channel has been shut down',
  },
});
