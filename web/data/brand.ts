import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';
import { sendAccepted } from './send-accepted.ts';

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
  await sendAccepted(`/v1/agencies/${agencyId}/${owner}brand/logo`, {
    method: 'PUT',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
}

/** The forms in which a client is shown a report, as far as the app shows them beforehand. */
export const previewSurfaces = ['portal', 'report', 'pdf'] as const;
export type PreviewSurface = (typeof previewSurfaces)[number];

/** Where a surface is shown with what is tried out, and set nowhere. */
export function previewPath({ agencyId, clientId }: BrandOwner, surface: PreviewSurface, draft: string): string {
  const owner = clientId ? `clients/${clientId}/` : '';
  return `/v1/agencies/${agencyId}/${owner}brand/preview/${surface}?${draft}`;
}

/** Can what is tried out be shown? Answers with the very draft. */
export function previewQuery(owner: BrandOwner, draft: string) {
  return queryOptions({
    queryKey: ['agency', owner.agencyId, 'brand-preview', owner.clientId, draft],
    queryFn: async ({ signal }) => {
      await sendAccepted(previewPath(owner, 'report', draft), { signal });
      return draft;
    },
  });
}
