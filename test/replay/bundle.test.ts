import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';

const code = await readFile(inject('workflowBundlePath'), 'utf8');

/** The modules in the bundle, each with its code as the bundler found it. */
const modules = new Map(
  [...code.matchAll(/^\s*!\*\*\* \.\/(\S+) \*\*\*!$([\s\S]*?)(?=^\s*!\*\*\* |$(?![\s\S]))/gm)].map(([, path = '', source = '']) => [path, source]),
);
const ours = [...modules].filter(([path]) => !path.startsWith('node_modules/'));

// A module that is carried is kept for every worker thread: a schema library among them cost each onboarding 12 ms and the worker half its memory.
test('workflows carry nothing but Temporal’s packages and our own modules', () => {
  const packages = [...modules.keys()].flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []);
  expect([...new Set(packages)].sort()).toEqual(['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc']);
});

test('the modules of workflows are run once a worker', () => {
  const [, preloaded] = code.match(/preloadModules\(\) \{\s*([^}]*)\}/) ?? [];
  expect(preloaded).toContain('./workflows/index.ts');
});

// They are shared by all that a worker runs: what one workflow left there, another would find, and not find when it is replayed.
test('modules of workflows keep nothing', () => {
  expect(ours.map(([path]) => path)).toEqual(expect.arrayContaining(['workflows/onboard-client.ts', 'domain/onboarding.ts']));
  const keeping = /^(?:let|var) |^const \w+ = (?:new (?:Weak)?(?:Map|Set)\(\)|\[\]|\{\});/m;
  expect(ours.filter(([, source]) => keeping.test(source)).map(([path]) => path)).toEqual([]);
});
