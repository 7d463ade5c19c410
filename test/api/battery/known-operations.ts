import { randomUUID } from 'node:crypto';
import { notificationsOf } from '../../../domain/notification.ts';
import { type Permission, permissions } from '../../../domain/permission.ts';
import type { ApiRequest, TestApi } from '../../harness/api.ts';
import { svgLogo } from '../../harness/logo.ts';
import { type DocumentedOperation, openApiDocument, operationsOf } from '../../harness/openapi.ts';
import type { TestPerson } from '../../harness/person.ts';
import { gates } from '../../harness/project.ts';
import type { World } from './world.ts';

/**
 * Who may call an operation: anyone; whoever signs; anyone with a key; the platform operator; whoever has the permission in the agency, or in an account
 * of whatever kind; a person, or one who belongs to the account.
 */
export type Guard =
  | { by: 'nobody' | 'signature' | 'key' | 'operator' | 'person' }
  | { by: 'agency' | 'account'; permission: Permission }
  | { by: 'member'; permission?: Permission };

export interface KnownOperation extends DocumentedOperation {
  guard: Guard;
  /** A body that it takes, another one each time. */
  body: (world: World) => object | undefined;
  /** What it asks for besides. */
  headers?: Record<string, string>;
  /** Instead of a body in JSON: bytes, whose type is among the headers. */
  bytes?: () => Uint8Array<ArrayBuffer>;
  query?: (world: World) => string;
  /** Values for the parameters of its path, where the world's own of that name will not do. */
  ids?: (world: World) => Record<string, string>;
}

const reads: Guard = { by: 'agency', permission: 'clients.read' };
const clientsWrite: Guard = { by: 'agency', permission: 'clients.write' };
const imports: Guard = { by: 'agency', permission: 'clients.import' };
const managesKeys: Guard = { by: 'account', permission: 'keys.manage' };
const managesPeople: Guard = { by: 'account', permission: 'people.manage' };
const shares: Guard = { by: 'agency', permission: 'sharing.write' };
const ofReport = ({ shared }: World) => ({ token: shared.token });
const ofPortal = ({ shared }: World) => ({ token: shared.portalToken });
const now = () => new Date().toISOString();
const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
const nothing = () => undefined;
/** The client that is to leave. */
const leaving = ({ ids }: World) => ({ clientId: ids['into'] ?? '' });

const brands: Guard = { by: 'agency', permission: 'brand.write' };
const brand = () => ({ reportBrand: `Brand ${randomUUID()}`, logoUrl: null, accentColor: '#0a6b5c', footer: 'Two lines\nof it' });
const picture = { headers: { 'content-type': 'image/svg+xml' }, bytes: () => svgLogo() };

const knowledge: Record<string, Pick<KnownOperation, 'guard' | 'body' | 'headers' | 'bytes' | 'query' | 'ids'>> = {
  healthz: { guard: { by: 'nobody' }, body: nothing },
  readyz: { guard: { by: 'nobody' }, body: nothing },
  metrics: { guard: { by: 'nobody' }, body: nothing },
  createAccount: {
    guard: { by: 'operator' },
    body: () => ({
      kind: 'agency',
      name: `Agency ${randomUUID()}`,
      billingEmail: 'billing@agency.example',
      ownerEmail: 'owner@agency.example',
      plan: { ...plan },
    }),
  },
  setPlan: { guard: { by: 'operator' }, body: () => ({ ...plan }) },
  createApiKey: { guard: { by: 'operator' }, body: () => ({ name: 'Key', scopes: ['clients:read'] }) },
  readMe: { guard: { by: 'key' }, body: nothing },
  deleteMe: { guard: { by: 'person' }, body: nothing },
  readAccount: { guard: { by: 'account', permission: 'account.read' }, body: nothing },
  updateAccount: {
    guard: { by: 'account', permission: 'account.write' },
    body: () => ({ name: `Agency ${randomUUID()}`, billingEmail: 'new@agency.example' }),
  },
  listMembers: { guard: { by: 'account', permission: 'people.read' }, body: nothing },
  changeMember: { guard: managesPeople, body: ({ ids }) => ({ role: 'admin', clientIds: [ids['clientId']] }) },
  removeMember: { guard: managesPeople, body: nothing },
  leaveAccount: { guard: { by: 'member' }, body: nothing },
  createInvitation: {
    guard: managesPeople,
    body: ({ ids }) => ({ email: `${randomUUID()}@people.example`, role: 'viewer', clientIds: [ids['clientId']] }),
  },
  listInvitations: { guard: managesPeople, body: nothing },
  resendInvitation: { guard: managesPeople, body: nothing },
  revokeInvitation: { guard: managesPeople, body: nothing },
  openAccount: { guard: { by: 'person' }, body: () => ({ kind: 'agency', name: `Agency ${randomUUID()}`, billingEmail: 'billing@agency.example' }) },
  switchAccount: { guard: { by: 'person' }, body: ({ ids }) => ({ accountId: ids['accountId'] }) },
  acceptInvitation: { guard: { by: 'person' }, body: ({ people }) => ({ token: people.invitationToken }) },
  readOwnershipOffer: { guard: { by: 'member' }, body: nothing },
  offerOwnership: { guard: { by: 'member', permission: 'ownership.transfer' }, body: ({ ids }) => ({ personId: ids['personId'], formerRole: 'owner' }) },
  withdrawOwnershipOffer: { guard: { by: 'member' }, body: nothing },
  acceptOwnership: { guard: { by: 'member' }, body: nothing },
  readNotifications: { guard: { by: 'member' }, body: nothing },
  setNotifications: { guard: { by: 'member' }, body: () => notificationsOf('viewer', {}) },
  listAgencies: { guard: { by: 'key' }, body: nothing },
  readAgency: { guard: reads, body: nothing },
  onboardClient: {
    guard: { by: 'agency', permission: 'clients.create' },
    body: ({ ids }) => ({
      name: `Client ${randomUUID()}`,
      contactEmail: 'ops@client.example',
      externalReference: randomUUID(),
      notes: 'internal',
      projectId: ids['projectId'],
      onLimit: 'refuse',
    }),
  },
  listClients: { guard: reads, body: nothing },
  readClient: { guard: reads, body: nothing },
  editClient: {
    guard: clientsWrite,
    body: () => ({ name: `Client ${randomUUID()}`, contactEmail: 'ops@client.example', externalReference: randomUUID(), notes: 'internal' }),
    headers: { 'if-match': '*' },
  },
  archiveClient: { guard: clientsWrite, body: nothing },
  mergeClients: { guard: clientsWrite, body: ({ ids }) => ({ into: ids['into'] }) },
  previewMerge: { guard: clientsWrite, body: nothing, query: ({ ids }) => `into=${ids['into']}` },
  findDuplicates: { guard: clientsWrite, body: nothing, query: () => 'name=Acme' },
  listDuplicates: { guard: clientsWrite, body: nothing },
  eraseClient: {
    guard: { by: 'agency', permission: 'clients.erase' },
    body: ({ archived }) => ({ confirmName: archived.name }),
    ids: ({ archived }) => ({ clientId: archived.clientId }),
  },
  offboardClient: { guard: clientsWrite, body: () => ({ on: inAYear(), message: 'Goodbye' }) },
  readOffboarding: { guard: clientsWrite, body: nothing, ids: leaving },
  cancelOffboarding: { guard: clientsWrite, body: nothing, ids: leaving },
  downloadExportPack: { guard: clientsWrite, body: nothing, ids: leaving },
  restoreClient: { guard: clientsWrite, body: nothing },
  importClients: {
    guard: imports,
    body: () => ({
      rows: [{ name: `Client ${randomUUID()}`, contactEmail: 'ops@client.example', externalReference: randomUUID(), notes: 'internal', domain: 'x.example' }],
    }),
  },
  listImports: { guard: imports, body: nothing },
  readImport: { guard: imports, body: nothing },
  cancelImport: { guard: imports, body: nothing },
  listOnboardings: { guard: reads, body: nothing },
  readOnboarding: { guard: reads, body: nothing },
  streamEvents: { guard: reads, body: nothing },
  streamOnboarding: { guard: reads, body: nothing },
  cancelOnboarding: { guard: clientsWrite, body: nothing },
  setShareWhenReady: { guard: shares, body: () => ({ wanted: true }) },
  createProject: {
    guard: { by: 'agency', permission: 'projects.write' },
    body: ({ ids }) => ({ name: 'Site', domain: `${randomUUID()}.example`, clientId: ids['clientId'] }),
  },
  listProjects: { guard: reads, body: nothing },
  readProject: { guard: reads, body: nothing },
  assignProject: { guard: { by: 'agency', permission: 'projects.write' }, body: ({ ids }) => ({ clientId: ids['clientId'] }) },
  previewMove: { guard: { by: 'agency', permission: 'projects.write' }, body: nothing, query: ({ ids }) => `clientId=${ids['clientId']}` },
  reportBadge: { guard: { by: 'agency', permission: 'delivery.write' }, body: () => ({ value: 'completed', reason: 'because', at: now() }) },
  deliverReport: {
    guard: { by: 'agency', permission: 'delivery.write' },
    body: () => ({
      title: 'Risk report',
      domain: 'site.example',
      riskScore: 42,
      pagesScanned: 12,
      findings: [{ ...finding }],
      gates: gatesWithReasons(),
      at: now(),
    }),
  },
  readReadiness: { guard: reads, body: nothing },
  readSharing: { guard: shares, body: nothing },
  setSharing: { guard: shares, body: () => ({ enabled: false, expiresAt: '2090-01-01T00:00:00.000Z' }) },
  rotateSharing: { guard: shares, body: nothing, ids: ({ shared }) => ({ projectId: shared.projectId }) },
  showReport: { guard: { by: 'nobody' }, body: nothing, ids: ofReport },
  printReport: { guard: { by: 'nobody' }, body: nothing, ids: ofReport },
  downloadReport: { guard: { by: 'nobody' }, body: nothing, ids: ofReport },
  showReportLogo: { guard: { by: 'nobody' }, body: nothing, ids: ofReport },
  showPortal: { guard: { by: 'nobody' }, body: nothing, ids: ofPortal },
  showPortalLogo: { guard: { by: 'nobody' }, body: nothing, ids: ofPortal },
  listEvents: { guard: reads, body: nothing },
  listClientHistory: { guard: reads, body: nothing },
  listHistory: { guard: { by: 'account', permission: 'history.read' }, body: nothing },
  exportHistory: { guard: { by: 'account', permission: 'history.read' }, body: nothing },
  makeApiKey: { guard: managesKeys, body: () => ({ name: 'Key', scopes: ['clients:read'], expiresAt: new Date(Date.now() + 3_600_000).toISOString() }) },
  listApiKeys: { guard: managesKeys, body: nothing },
  rotateApiKey: { guard: managesKeys, body: () => ({ overlapHours: 1 }) },
  revokeApiKey: { guard: managesKeys, body: nothing },
  createCrmConnection: { guard: { by: 'agency', permission: 'crm.manage' }, body: () => ({ provider: 'standard' }) },
  listCrmConnections: { guard: { by: 'agency', permission: 'crm.manage' }, body: nothing },
  deleteCrmConnection: { guard: { by: 'agency', permission: 'crm.manage' }, body: nothing },
  testCrmConnection: { guard: { by: 'agency', permission: 'crm.manage' }, body: nothing },
  listCrmDeliveries: { guard: { by: 'agency', permission: 'crm.manage' }, body: nothing },
  rotateCrmConnection: { guard: { by: 'agency', permission: 'crm.manage' }, body: nothing },
  readBrand: { guard: reads, body: nothing },
  setBrand: { guard: brands, body: brand },
  uploadBrandLogo: { guard: brands, body: nothing, ...picture },
  readClientBrand: { guard: reads, body: nothing },
  setClientBrand: { guard: brands, body: brand },
  uploadClientLogo: { guard: brands, body: nothing, ...picture },
  deleteClientBrand: { guard: brands, body: nothing },
  readLogo: { guard: reads, body: nothing },
  previewBrand: { guard: reads, body: nothing },
  previewClientBrand: { guard: reads, body: nothing },
  previewReport: { guard: reads, body: nothing },
  sendDocsFeedback: { guard: { by: 'nobody' }, body: () => ({ page: '/docs', helpful: true, comment: 'clear' }) },
  listDocsFeedback: { guard: { by: 'operator' }, body: nothing },
  reviewDocsFeedback: { guard: { by: 'operator' }, body: () => ({ state: 'done', note: 'rewritten' }) },
  receiveCrmWebhook: { guard: { by: 'signature' }, body: nothing },
};

const plan = { state: 'active', clientLimit: 10, scansPerPeriod: 50, monitoredProjects: 10, whiteLabel: false, overageClients: 0 };
const finding = {
  severity: 'high',
  category: 'Transport security',
  title: 'Pages are served without HSTS',
  affectedUrl: 'https://site.example/',
  evidence: 'The response has no such header.',
  recommendation: 'Send it.',
};

function gatesWithReasons() {
  return Object.fromEntries(Object.entries(gates()).map(([name, gate]) => [name, { ...gate, reason: 'looked at' }]));
}

/** Every operation of the document. Throws for one that nothing is known of, so that a new one does not slip past the batteries. */
export function knownOperations({ document }: TestApi): KnownOperation[] {
  const operations = operationsOf(openApiDocument.parse(document));
  const gone = Object.keys(knowledge).filter((known) => !operations.some(({ operationId }) => operationId === known));
  if (gone.length > 0) throw new Error(`the document has no operation ${gone.join(', ')}`);
  return operations.map((operation) => {
    const known = knowledge[operation.operationId];
    if (!known) throw new Error(`tell the batteries how to call ${operation.operationId}: who may, and with which body`);
    return { ...operation, ...known };
  });
}

/** What a request of an operation has of its own. */
export interface RequestChanges extends Partial<ApiRequest> {
  ids?: Record<string, string>;
  /** Sent by this person instead of with the agency's key. */
  as?: TestPerson;
}

/** A request of an operation that is as it should be, but for what is given. */
export function requestOf(operation: KnownOperation, world: World, changes: RequestChanges = {}): ApiRequest {
  const { ids, as, headers, ...request } = changes;
  const body = operation.body(world);
  return {
    method: operation.method.toUpperCase(),
    path: pathOf(operation, { ...world.ids, ...operation.ids?.(world), ...ids }) + (operation.query ? `?${operation.query(world)}` : ''),
    key: as ? undefined : world.key,
    headers: { ...as?.headers, ...operation.headers, ...headers },
    ...(body && { body }),
    ...(operation.bytes && { bytes: operation.bytes() }),
    ...request,
  };
}

/** The request with this query instead of its own. */
export function withQuery(request: ApiRequest, query: string): ApiRequest {
  return { ...request, path: `${request.path.split('?', 1)[0]}?${query}` };
}

function pathOf({ operationId, template }: KnownOperation, ids: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`tell the batteries what to put for ${name} in the path of ${operationId}`);
    return id;
  });
}

/** Whom the operation is for, as what `requestOf` takes. */
export function rightful({ operatorKey }: TestApi, { operationId, guard }: KnownOperation, { people }: World): Pick<RequestChanges, 'key' | 'as'> {
  switch (guard.by) {
    case 'operator':
      return { key: operatorKey };
    case 'person':
      return { as: operationId === 'acceptInvitation' ? people.invitee : people.heir };
    case 'member':
      return { as: operationId === 'offerOwnership' ? people.owner : people.heir };
    case 'agency':
    case 'account':
      // What no key can have is an owner's.
      return permissions[guard.permission].scope === null ? { as: people.owner } : {};
    default:
      return {};
  }
}
