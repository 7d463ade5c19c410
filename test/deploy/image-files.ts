import { readRepositoryFile } from './compose-file.ts';

/** What goes into the image: paths in the repository, files and folders. Anything else is left out. */
export async function imageFiles(): Promise<string[]> {
  const [everything, ...kept] = (await readRepositoryFile('.dockerignore')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (everything !== '*') throw new Error('.dockerignore does not begin with leaving everything out');
  return kept.map((line) => line.replace('!', ''));
}
