import type { ApiKeyRecord } from '../../db/read/api-key.ts';
import type { PersonRecord } from '../../db/read/session.ts';
import type { Actor } from '../../domain/actor.ts';

/** Who sent the request: a person by their session, software of one account by its key, or the platform operator. */
export type Caller = PersonRecord | ApiKeyRecord | { kind: 'operator' };

/** The caller as the history names it. */
export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case 'person':
      return { kind: 'user', id: caller.personId, label: caller.name };
    case 'apiKey':
      return { kind: 'apiKey', id: caller.keyId, label: caller.keyName };
    case 'operator':
      return { kind: 'operator', label: 'platform operator' };
  }
}

/** The caller as the log names it: never by a name or an address. */
export function logNameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'person':
      return `person:${caller.personId}`;
    case 'apiKey':
      return `apiKey:${caller.keyId}`;
    case 'operator':
      return 'operator';
  }
}
