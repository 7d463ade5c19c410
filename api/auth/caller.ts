import type { ApiKeyRecord } from '../../db/read/api-key.ts';
import type { Actor } from '../../domain/actor.ts';

/** Who sent the request: software of one account by its key, or the platform operator. */
export type Caller = ApiKeyRecord | { kind: 'operator' };

/** The caller as the history names it. */
export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case 'apiKey':
      return { kind: 'apiKey', id: caller.keyId, label: caller.keyName };
    case 'operator':
      return { kind: 'operator', label: 'platform operator' };
  }
}
