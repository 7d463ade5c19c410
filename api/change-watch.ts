import type { Listener } from './notifications.ts';

/** Tells when something changed. A telling may be lost or come twice: whoever is told reads the record again. */
export interface ChangeWatch {
  /** Calls back at each change that is told of `subject` until the returned function is called. */
  subscribe(subject: string, onChange: () => void): () => void;
}

/** A watch that hears of changes by a channel whose payload is the subject; after a gap everyone is told, for changes may have gone by unheard. */
export function watchChanges(): ChangeWatch & Listener {
  const subscribers = new Map<string, Set<() => void>>();
  const tell = (subject: string) => {
    for (const onChange of subscribers.get(subject) ?? []) onChange();
  };
  return {
    onTold: tell,
    onGap: () => {
      for (const subject of subscribers.keys()) tell(subject);
    },
    subscribe(subject, onChange) {
      const callbacks = subscribers.get(subject) ?? new Set();
      subscribers.set(subject, callbacks.add(onChange));
      return () => {
        callbacks.delete(onChange);
        if (callbacks.size === 0) subscribers.delete(subject);
      };
    },
  };
}
