import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';

const packages = /^\s*!\*\*\* \.\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm;

// A workflow runs its modules anew each time it is started or replayed: a schema library among them cost each onboarding 12 ms and the worker half its memory.
test('workflows carry nothing but Temporal’s packages and our own modules', async () => {
  const code = await readFile(inject('workflowBundlePath'), 'utf8');
  const carried = new Set([...code.matchAll(packages)].map(([, name]) => name));
  expect([...carried].sort()).toEqual(['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc']);
});
