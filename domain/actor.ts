/** Where a request came from, as the history tells it. */
export interface Origin {
  /** As the answer and the log have it. */
  requestId: string;
  /** The network that it came from, in CIDR notation: near enough to tell places apart, too wide to tell people apart. */
  network: string | null;
  /** What the caller's software calls itself. */
  userAgent: string | null;
}

/** Who did it. Recorded with every change; `label` is what a person reads in the history. */
export type Actor = (
  | { kind: 'user'; id: string; label: string }
  | { kind: 'apiKey'; id: string; label: string }
  | { kind: 'crm'; id: string; label: string }
  | { kind: 'import'; id: string; label: string }
  | { kind: 'operator'; label: string }
  | { kind: 'system'; label: string }
) & {
  /** Where the request that asked for it came from, where there was one. */
  origin?: Origin;
};
