import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { brandDemo } from './demo-brand.ts';
import { blockedGates, demoReport, passedGates } from './demo-report.ts';

export interface DemoAccount {
  id: string;
  name: string;
  ownerEmail: string;
  ownerPassword: string;
  apiKey: string;
}

export interface Demo {
  agency: DemoAccount;
  otherAgency: DemoAccount;
  direct: DemoAccount;
}

export interface DemoTarget {
  url: string;
  operatorKey: string;
}

/**
 * Makes the demo through the API as any operator and agency would: two agencies and a direct account, with clients and projects in telling
 * states. Every request has an idempotency key of its own, so a seed that was interrupted is simply run again.
 */
export async function seedDemo(target: DemoTarget): Promise<Demo> {
  const agency = await openAccount(target, { kind: 'agency', name: 'Northwind Studio', slug: 'northwind' });
  const otherAgency = await openAccount(target, { kind: 'agency', name: 'Harbour and Pine', slug: 'harbour' });
  const direct = await openAccount(target, { kind: 'direct', name: 'Willow Bakery', slug: 'willow' });
  await brandDemo({ url: target.url, agencyId: agency.id, apiKey: agency.apiKey });
  await seedNorthwind(target.url, agency);
  await seedHarbour(target.url, otherAgency);
  return { agency, otherAgency, direct };
}

async function openAccount(
  { url, operatorKey }: DemoTarget,
  { kind, name, slug }: { kind: 'agency' | 'direct'; name: string; slug: string },
): Promise<DemoAccount> {
  const operator = caller(url, operatorKey);
  const ownerEmail = `owner@${slug}.example`;
  const plan = kind === 'agency' ? { plan: { clientLimit: 10, whiteLabel: true } } : {};
  const account = await operator(
    'POST',
    '/v1/operator/accounts',
    { kind, name, billingEmail: `billing@${slug}.example`, ownerEmail, ...plan },
    `demo-account-${slug}`,
  );
  const key = await operator('POST', `/v1/operator/accounts/${account.id}/api-keys`, { name: 'Demo key', scopes: ['admin'] }, `demo-key-${slug}`);
  // Follows from the operator's key, so that a seed that is run again says the same.
  const ownerPassword = createHmac('sha256', operatorKey).update(`demo-owner-${slug}`).digest('base64url').slice(0, 20);
  return { id: idOf(account), name, ownerEmail, ownerPassword, apiKey: textOf(key, 'key') };
}

/** Until a link ends that is to have ended when somebody looks. */
const briefMs = 3_000;

/**
 * A client with a shared report and a link that has ended, one whose shared report was blocked by the next one, one whose scan runs, one that leaves
 * with its links, one that came by an import and waits for a project, and a project that nobody has.
 */
async function seedNorthwind(url: string, { id, apiKey }: DemoAccount): Promise<void> {
  const { project, onboard, importRows, offboard, badge, report, share } = agencyCaller(url, id, apiKey);
  const acme = await project('Acme website', 'acme.example');
  const birch = await project('Birch shop', 'birch.example');
  const cedar = await project('Cedar portal', 'cedar.example');
  await project('Dune landing page', 'dune.example');

  const acmeGmbh = await onboard({ name: 'Acme GmbH', contactEmail: 'ops@acme.example', externalReference: 'HS-1042', projectId: acme });
  await badge(acme, 'scan', 'completed');
  await badge(acme, 'monitoring', 'active');
  await report(acme, 'acme.example', passedGates);
  await share(acme);

  const acmeShop = await project('Acme shop', 'shop.acme.example', acmeGmbh);
  await badge(acmeShop, 'scan', 'completed');
  await report(acmeShop, 'shop.acme.example', passedGates);
  await share(acmeShop, new Date(Date.now() + briefMs));

  await onboard({ name: 'Birch Ltd', contactEmail: 'hello@birch.example', externalReference: 'HS-1057', projectId: birch });
  await badge(birch, 'scan', 'completed');
  await badge(birch, 'fix', 'waiting_for_evidence', 'the shop owner has to confirm the change');
  await report(birch, 'birch.example', passedGates);
  await share(birch);
  await report(birch, 'birch.example', blockedGates);

  await onboard({ name: 'Cedar Clinics', contactEmail: 'it@cedar.example', projectId: cedar });
  await badge(cedar, 'scan', 'running');

  const foxglove = await project('Foxglove garden centre', 'foxglove.example');
  const leaver = await onboard({ name: 'Foxglove Gardens', contactEmail: 'office@foxglove.example', externalReference: 'HS-0931', projectId: foxglove });
  await badge(foxglove, 'scan', 'completed');
  await report(foxglove, 'foxglove.example', passedGates);
  await share(foxglove);
  await offboard(leaver, 'Thank you for three good years.');

  await importRows('clients-of-spring.csv', [
    { name: 'Elm and Sons', notes: 'Their site moves in spring; wait for the new one.' },
    { name: 'Birch Ltd', externalReference: 'HS-1057', notes: 'Their shop has new owners.' },
    { name: 'ACME', contactEmail: 'office@acme.example' },
    { name: 'Ginkgo Spa', contactEmail: 'hello at ginkgo' },
  ]);
}

async function seedHarbour(url: string, { id, apiKey }: DemoAccount): Promise<void> {
  const { project, onboard, badge } = agencyCaller(url, id, apiKey);
  const fjord = await project('Fjord tours', 'fjord.example');
  await onboard({ name: 'Fjord Tours AS', externalReference: 'HP-7', projectId: fjord });
  await badge(fjord, 'scan', 'completed');
  await project('Gull rentals', 'gull.example');
}

interface DemoClient {
  name: string;
  contactEmail?: string;
  externalReference?: string;
  notes?: string;
}

const importWithinMs = 15_000;
const onboardWithinMs = 60_000;

function agencyCaller(url: string, agencyId: string, apiKey: string) {
  const call = caller(url, apiKey);
  const agency = `/v1/agencies/${agencyId}`;
  const at = new Date().toISOString();
  return {
    project: async (name: string, domain: string, clientId?: string) =>
      idOf(await call('POST', `${agency}/projects`, { name, domain, ...(clientId && { clientId }) }, `demo-project-${domain}`)),
    /**
     * Until its project is assigned. On a slow machine the first answer has no client yet, and it is the answer for good: a seed that is run again gets the same.
     *
     * @returns the client's id
     */
    onboard: async (client: DemoClient & { projectId: string }) => {
      const answer = await call('POST', `${agency}/clients`, client, `demo-client-${client.name.replaceAll(/\W+/g, '-')}`);
      const { onboarding } = onboardedSchema.parse(answer);
      const deadline = Date.now() + onboardWithinMs;
      for (;;) {
        const { clientId, steps } = onboardingSchema.parse(await call('GET', `${agency}/onboardings/${onboarding.id}`));
        if (clientId !== null && steps.some(({ name, state }) => name === 'assign_project' && state === 'done')) return clientId;
        if (Date.now() > deadline) throw new Error(`the demo could not be made: ${client.name} has no project after ${onboardWithinMs / 1000} s`);
        await sleep(50);
      }
    },
    /** To its end, where it comes in time: on a slow machine it goes on behind everything else. */
    importRows: async (fileName: string, rows: DemoClient[]) => {
      const bulk = await call('POST', `${agency}/imports?fileName=${fileName}`, { rows }, `demo-import-${fileName}`);
      const deadline = Date.now() + importWithinMs;
      while (!(await call('GET', `${agency}/imports/${idOf(bulk)}`))['finishedAt']) {
        if (Date.now() > deadline) return;
        await sleep(50);
      }
    },
    /** Some weeks ahead, on a day that is the same for a seed that is run again. */
    offboard: (clientId: string, message: string) =>
      call('POST', `${agency}/clients/${clientId}/offboard`, { on: firstOfTheMonthAfterNext(), message }, `demo-offboarding-${clientId}`),
    badge: (projectId: string, family: string, value: string, reason?: string) =>
      call('PUT', `${agency}/projects/${projectId}/badges/${family}`, { value, reason, at }),
    report: (projectId: string, domain: string, reportGates: object) =>
      call('PUT', `${agency}/projects/${projectId}/report`, { ...demoReport(domain), gates: reportGates }),
    share: (projectId: string, expiresAt: Date | null = null) => call('PUT', `${agency}/projects/${projectId}/sharing`, { enabled: true, expiresAt }),
  };
}

const onboardedSchema = z.object({ onboarding: z.object({ id: z.string() }) });
const onboardingSchema = z.object({ clientId: z.string().nullable(), steps: z.array(z.object({ name: z.string(), state: z.string() })) });

function firstOfTheMonthAfterNext(): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 2, 1)).toISOString().slice(0, 10);
}

const answerSchema = z.record(z.string(), z.unknown());
type Answer = z.infer<typeof answerSchema>;

function caller(url: string, key: string) {
  return async (method: string, path: string, body?: object, idempotencyKey?: string): Promise<Answer> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
    const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`the demo could not be made: ${method} ${path} answered ${response.status} ${await response.text()}`);
    return answerSchema.parse(await response.json());
  };
}

function idOf(answer: Answer): string {
  return textOf(answer, 'id');
}

function textOf(answer: Answer, field: string): string {
  const value = answer[field];
  if (typeof value !== 'string') throw new Error(`the demo could not be made: an answer lacks ${field}`);
  return value;
}
