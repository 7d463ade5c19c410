import { access, glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pictures } from '../../dev/pictures.ts';

const project = join(import.meta.dirname, '..', '..');

/** Pictures of the app that documents show, as files from the root of the project. */
async function shownPictures(): Promise<string[]> {
  const shown: string[] = [];
  for await (const document of glob(['README.md', 'docs/**/*.md'], { cwd: project })) {
    for (const [, address = ''] of (await readFile(join(project, document), 'utf8')).matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)) {
      shown.push(address.startsWith('/docs/images/') ? address.replace('/docs/images/', 'docs/guide/images/') : address);
    }
  }
  return shown;
}

describe('pictures', () => {
  test('that a document shows are made by `npm run screenshots`, and there', async () => {
    const shown = await shownPictures();
    expect(shown.length).toBeGreaterThan(5);
    expect(pictures.map(({ file }) => file)).toEqual(expect.arrayContaining(shown));
    for (const file of shown) await access(join(project, file));
  });

  test('that are made are shown', async () => {
    expect(await shownPictures()).toEqual(expect.arrayContaining(pictures.map(({ file }) => file)));
  });
});
