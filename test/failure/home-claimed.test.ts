import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Claims each home that it is told to, and says how that went. Whoever has one keeps it until it is killed. */
const script = `
  import { openHome } from ${JSON.stringify(join(import.meta.dirname, '..', '..', 'dev', 'home.ts'))};
  process.on('message', (dir) => openHome(dir).then(() => process.send('held'), (error) => process.send(error.message)));
  setInterval(() => {}, 1_000);
  process.send('up');
`;

test('of several that start at once on a home that a killed Foyer has left, one gets it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-homes-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const foyers = await Promise.all([1, 2, 3, 4].map(startOne));
  for (const left of ['foyer.lock', 'foyer.lock and its turn', 'a damaged foyer.lock']) {
    const home = join(directory, left.replaceAll(' ', '-'));
    await mkdir(home);
    // Nobody has this pid.
    const killed = left.includes('damaged') ? '{' : JSON.stringify({ pid: 2 ** 30, born: '1', stopping: false });
    await writeFile(join(home, 'foyer.lock'), killed);
    if (left.includes('turn')) await writeFile(join(home, 'foyer.lock.turn'), killed);

    const answers = await Promise.all(foyers.map((foyer) => ask(foyer, home)));
    expect(answers.toSorted(), left).toEqual([...Array<unknown>(3).fill(expect.stringMatching(/^Another Foyer \(process \d+\) runs on /)), 'held']);
  }
});

async function startOne(): Promise<ChildProcess> {
  const foyer = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void foyer.kill('SIGKILL'));
  await once(foyer, 'message');
  return foyer;
}

async function ask(foyer: ChildProcess, home: string): Promise<unknown> {
  foyer.send(home);
  const [answer] = await once(foyer, 'message');
  return answer;
}
