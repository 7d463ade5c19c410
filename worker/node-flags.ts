/**
 * What Node is given for a worker. By itself V8 takes memory by what the machine has, and half of a busy worker's is new space and what is left of
 * evicted executions: bounded, it stays at half a gigabyte with thousands of them, at the same rate.
 */
export const workerNodeFlags = ['--max-semi-space-size=16', '--max-old-space-size=1024'] as const;
