import type { WaitingPolicy } from '../../domain/waiting.ts';

const hourMs = 3_600_000;

/** Nothing goes on by itself within a test: what goes on was told to. */
export const hintsOnly: WaitingPolicy = { recheckMs: hourMs, remindAfterMs: [], stallAfterMs: hourMs, undoAttempts: 3, undoBackoffMs: 10 };

/** Every wait looks for itself, often, and needs no telling. */
export const timersOnly: WaitingPolicy = { ...hintsOnly, recheckMs: 200 };
