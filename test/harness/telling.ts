import { randomBytes } from 'node:crypto';
import type { TellingDeps } from '../../activities/tell-people.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import type { TestDatabase } from './database.ts';
import { publicUrl } from './public-url.ts';

/** What an activity tells people with; its secrets open the mail. */
export function telling({ worker }: TestDatabase): TellingDeps {
  return { db: worker, secrets: createSecretBox(randomBytes(32)), publicUrl };
}
