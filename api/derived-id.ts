import { createHash } from 'node:crypto';

/**
 * A UUID (version 8, RFC 9562) that follows from what it is made of: the same request always means the same id, so a request that comes
 * again meets what the first one made.
 */
export function derivedId<Id extends string>(...parts: string[]): Id {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id;
}
