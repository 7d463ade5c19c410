import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';
import { Refused, readProblem } from './problem.ts';
import { send } from './send.ts';

const agency = api.agencies[':agencyId'];
export type Brand = InferResponseType<typeof agency.brand.$get, 200>;
export type BrandChange = InferRequestType<typeof agency.brand.$put>['json'];

/** The brand of the agency, or what a client has of its own over it. */
export interface BrandOwner {
  agencyId: string;
  clientId?: string | undefined;
}

export function brandQuery({ agencyId, clientId }: BrandOwner) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'brand', clientId],
    queryFn: () =>
      clientId ? answered(agency.clients[':clientId'].brand.$get({ param: { agencyId, clientId } })) : answered(agency.brand.$get({ param: { agencyId } })),
  });
}

/** Changes what was read as this version. */
export function setBrand({ agencyId, clientId }: BrandOwner, { version }: Pick<Brand, 'version'>, change: BrandChange): Promise<Brand> {
  const header = { 'if-match': `"${version}"` };
  return clientId
    ? answered(agency.clients[':clientId'].brand.$put({ param: { agencyId, clientId }, header, json: change }))
    : answered(agency.brand.$put({ param: { agencyId }, header, json: change }));
}

/** The file goes as it is; what it is, its content tells. */
export async function uploadLogo({ agencyId, clientId }: BrandOwner, file: File): Promise<void> {
  const owner = clientId ? `clients/${clientId}/` : '';
  const response = await send(`/v1/agencies/${agencyId}/${owner}brand/logo`, {
    method: 'PUT',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  if (!response.ok) throw new Refused(await readProblem(response));
}
