/** What can happen to what. The history is read by people and machines alike, so the kinds are a closed set. */
export const eventKinds = [
  'attempt.refused',
  'account.created',
  'account.updated',
  'member.joined',
  'member.changed',
  'member.removed',
  'member.left',
  'member.erased',
  'invitation.created',
  'invitation.resent',
  'invitation.revoked',
  'ownership.offered',
  'ownership.offer_withdrawn',
  'ownership.transferred',
  'plan.changed',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'crm_connection.created',
  'crm_connection.rotated',
  'crm_connection.deleted',
  'brand.changed',
  'client_brand.changed',
  'client_brand.removed',
  'client.created',
  'client.activated',
  'client.updated',
  'client.archived',
  'client.restored',
  'client.merged',
  'client.offboarding_scheduled',
  'client.offboarding_reminder',
  'client.offboarding_cancelled',
  'client.offboarded',
  'client.removed',
  'client.erased',
  'export_pack.made',
  'export_pack.downloaded',
  'export_pack.expired',
  'project.created',
  'project.assigned',
  'project.moved',
  'project.unassigned',
  'badge.reported',
  'report.delivered',
  'sharing.started',
  'sharing.changed',
  'sharing.rotated',
  'sharing.expired',
  'sharing.ended',
  'sharing.check_failed',
  'sharing.not_opened',
  'import.started',
  'import.finished',
  'import.cancelled',
  'onboarding.started',
  'onboarding.waiting',
  'onboarding.reminder',
  'onboarding.stalled',
  'onboarding.share_when_ready',
  'onboarding.ready_to_share',
  'onboarding.refused',
  'onboarding.cancelled',
  'onboarding.needs_attention',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Fields of a client, and of its brand, that name or reach somebody: kept beside the event, where they can be erased while the event stays. */
const personalOfClient: readonly string[] = ['name', 'contact_email', 'external_reference', 'notes', 'reportBrand', 'footer'];

/** The same of people, in events that are about no client, by the first word of their kind. */
const personalOfPeople: Record<string, readonly string[]> = {
  account: ['billingEmail'],
  invitation: ['email'],
  member: ['name'],
  ownership: ['name', 'owner'],
};

/** What changed, by field. */
export type EventFields = Record<string, unknown>;

interface Told {
  before: EventFields | null;
  after: EventFields | null;
}

/** The fields of an event in two: what stays for good, and what can be erased (null where nothing of it is personal). */
export function setPersonalApart(kind: EventKind, aboutClient: boolean, { before, after }: Told): { lasting: Told; personal: Told | null } {
  const personalFields = aboutClient ? personalOfClient : (personalOfPeople[kind.split('.')[0] ?? ''] ?? []);
  const pick = (fields: EventFields | null, personal: boolean) =>
    fields && Object.fromEntries(Object.entries(fields).filter(([field]) => personalFields.includes(field) === personal));
  const has = (fields: EventFields | null) => fields !== null && Object.keys(fields).some((field) => personalFields.includes(field));
  return {
    lasting: { before: pick(before, false), after: pick(after, false) },
    personal: has(before) || has(after) ? { before: pick(before, true), after: pick(after, true) } : null,
  };
}
