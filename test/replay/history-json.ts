import { createRequire } from 'node:module';
import type { History } from '@temporalio/common/lib/proto-utils.js';

interface ProtoJson {
  toJson(type: object, message: History): unknown;
  fromJson(type: object, json: unknown, options: { ignoreUnknownFields: boolean }): History;
}
interface ProtobufRoot {
  patchProtobufRoot(root: unknown): { lookupType(name: string): object };
}

// The SDK's own `historyToJSON` and `historyFromJSON` work only where its packages share one copy of protobufjs, and npm may give each its own.
// So this asks, from where the SDK's messages are, for the copy that they are made with; what comes is JavaScript without types.
const here = createRequire(import.meta.url);
const amongMessages = createRequire(here.resolve('@temporalio/proto'));
const { toJson, fromJson }: ProtoJson = amongMessages('protobufjs/ext/protojson');
const { patchProtobufRoot }: ProtobufRoot = here('@temporalio/proto/lib/patch-protobuf-root');
const historyType = patchProtobufRoot(here('@temporalio/proto')).lookupType('temporal.api.history.v1.History');

/** A history in the JSON that Temporal's UI and command line export. */
export function toHistoryJson(history: History): unknown {
  return toJson(historyType, history);
}

export function fromHistoryJson(json: unknown): History {
  return fromJson(historyType, json, { ignoreUnknownFields: true });
}
