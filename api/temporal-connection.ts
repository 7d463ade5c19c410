import { Connection, type ConnectionOptions, defaultGrpcRetryOptions, isGrpcServiceError, makeGrpcRetryInterceptor, ServiceError } from '@temporalio/client';

const cancelled = 1;
const deadlineExceeded = 4;
const resourceExhausted = 8;
const unavailable = 14;

/** Of questions that did not reach a server: a server that restarts behind its balancer has another one by then. Half a second in all. */
const attemptsWhenUnavailable = 3;

const byDefault = defaultGrpcRetryOptions();
const retry = makeGrpcRetryInterceptor({
  ...byDefault,
  retryableDecider: (attempt, status) => (status.code === unavailable ? attempt < attemptsWhenUnavailable : byDefault.retryableDecider(attempt, status)),
});

/**
 * A connection that is made when it is needed, and tried again at least once a second where there is no server: left to itself gRPC would try for
 * longer and longer, and not notice for two minutes that Temporal is back.
 */
export function connectTemporal(options: ConnectionOptions = {}): Connection {
  const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000, ...options.channelArgs };
  return Connection.lazy({ ...options, interceptors: [retry], channelArgs });
}

/** Temporal cannot take the request now. */
export function isTemporalAway(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && [cancelled, deadlineExceeded, resourceExhausted, unavailable].includes(cause.code);
}
