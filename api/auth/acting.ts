import type { Actor } from '../../domain/actor.ts';
import type { AppContext } from '../environment.ts';
import { originOf } from '../origin.ts';
import { actorOf } from './caller.ts';

/** The caller as the history names it, and where this request of theirs came from. */
export function actingCaller(c: AppContext): Actor {
  const caller = c.get('caller');
  return {
    ...actorOf(caller),
    // Only what is written down asks for it.
    get origin() {
      return originOf(c);
    },
  };
}
