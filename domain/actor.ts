/** Who did it. Recorded with every change; `label` is what a person reads in the history. */
export type Actor =
  | { kind: 'user'; id: string; label: string }
  | { kind: 'apiKey'; id: string; label: string }
  | { kind: 'crm'; id: string; label: string }
  | { kind: 'import'; id: string; label: string }
  | { kind: 'operator'; label: string }
  | { kind: 'system'; label: string };
