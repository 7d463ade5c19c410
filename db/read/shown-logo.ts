import type { TenantReader } from '../tenant.ts';

/** The picture of a logo by the hash of its bytes: one that the reader's sight shows. */
export async function readShownLogo(reader: TenantReader, hash: Buffer): Promise<Buffer | undefined> {
  const row = await reader.selectFrom('logos').select('png').where('hash', '=', hash).executeTakeFirst();
  return row?.png;
}
