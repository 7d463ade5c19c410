import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalCodes } from '../../domain/refusal.ts';
import { testApi } from '../harness/api.ts';
import { bodySchemaOf, openApiDocument, operationsOf } from '../harness/openapi.ts';

const api = await testApi({ worker: false });
const document = z.looseObject({}).parse((await api.send({ method: 'GET', path: '/openapi.json' })).body);
const operations = operationsOf(openApiDocument.parse(document));
const ajv = () => new Ajv2020({ strict: false, allErrors: true, validateFormats: false, inlineRefs: false, code: { optimize: false } });

/** What the contract of this API promises; a path is added here with the operation that serves it. */
const promised = [
  'POST /v1/operator/accounts',
  'PUT /v1/operator/accounts/{accountId}/plan',
  'POST /v1/operator/accounts/{accountId}/api-keys',
  'GET /v1/me',
  'GET /v1/accounts/{accountId}',
  'PATCH /v1/accounts/{accountId}',
  'GET /v1/accounts/{accountId}/members',
  'PATCH /v1/accounts/{accountId}/members/{personId}',
  'DELETE /v1/accounts/{accountId}/members/{personId}',
  'POST /v1/accounts/{accountId}/leave',
  'POST /v1/accounts/{accountId}/invitations',
  'GET /v1/accounts/{accountId}/invitations',
  'POST /v1/accounts/{accountId}/invitations/{invitationId}/resend',
  'DELETE /v1/accounts/{accountId}/invitations/{invitationId}',
  'POST /v1/invitations/accept',
  'GET /v1/accounts/{accountId}/ownership-offer',
  'PUT /v1/accounts/{accountId}/ownership-offer',
  'DELETE /v1/accounts/{accountId}/ownership-offer',
  'POST /v1/accounts/{accountId}/ownership-offer/accept',
  'GET /v1/accounts/{accountId}/notifications',
  'PUT /v1/accounts/{accountId}/notifications',
  'GET /v1/agencies',
  'GET /v1/agencies/{agencyId}',
  'POST /v1/agencies/{agencyId}/clients',
  'GET /v1/agencies/{agencyId}/clients',
  'GET /v1/agencies/{agencyId}/clients/{clientId}',
  'GET /v1/agencies/{agencyId}/projects/{projectId}/sharing',
  'PUT /v1/agencies/{agencyId}/projects/{projectId}/sharing',
  'POST /v1/agencies/{agencyId}/projects/{projectId}/sharing/rotate',
  'GET /client-portal/{token}',
  'GET /r/{token}',
  'GET /r/{token}/print',
  'GET /r/{token}/report.pdf',
  'PATCH /v1/agencies/{agencyId}/clients/{clientId}',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/archive',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/restore',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/merge',
  'GET /v1/agencies/{agencyId}/clients/{clientId}/merge-preview',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/erase',
  'GET /v1/agencies/{agencyId}/clients/duplicates',
  'GET /v1/agencies/{agencyId}/clients/suspected-duplicates',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/offboard',
  'GET /v1/agencies/{agencyId}/clients/{clientId}/offboard',
  'POST /v1/agencies/{agencyId}/clients/{clientId}/offboard/cancel',
  'GET /v1/agencies/{agencyId}/clients/{clientId}/offboard/pack',
  'GET /v1/agencies/{agencyId}/onboardings',
  'GET /v1/agencies/{agencyId}/onboardings/{onboardingId}',
  'GET /v1/agencies/{agencyId}/onboardings/{onboardingId}/events',
  'POST /v1/agencies/{agencyId}/onboardings/{onboardingId}/cancel',
  'POST /v1/agencies/{agencyId}/projects',
  'GET /v1/agencies/{agencyId}/projects',
  'GET /v1/agencies/{agencyId}/projects/{projectId}',
  'PUT /v1/agencies/{agencyId}/projects/{projectId}/client',
  'GET /v1/agencies/{agencyId}/projects/{projectId}/move-preview',
  'PUT /v1/agencies/{agencyId}/projects/{projectId}/badges/{family}',
  'PUT /v1/agencies/{agencyId}/projects/{projectId}/report',
  'GET /v1/agencies/{agencyId}/projects/{projectId}/readiness',
  'GET /v1/agencies/{agencyId}/events',
  'GET /v1/agencies/{agencyId}/clients/{clientId}/history',
  'GET /v1/accounts/{accountId}/history',
  'GET /v1/accounts/{accountId}/history/export',
  'POST /v1/accounts/{accountId}/api-keys',
  'GET /v1/accounts/{accountId}/api-keys',
  'POST /v1/accounts/{accountId}/api-keys/{keyId}/rotate',
  'DELETE /v1/accounts/{accountId}/api-keys/{keyId}',
  'POST /v1/agencies/{agencyId}/crm-connections',
  'GET /v1/agencies/{agencyId}/crm-connections',
  'DELETE /v1/agencies/{agencyId}/crm-connections/{connectionId}',
  'POST /v1/agencies/{agencyId}/crm-connections/{connectionId}/rotate',
  'GET /v1/agencies/{agencyId}/brand',
  'PUT /v1/agencies/{agencyId}/brand',
  'POST /v1/docs/feedback',
  'POST /v1/webhooks/crm/{connectionId}',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
];

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const text = await readFile(new URL('openapi-3.1.json', import.meta.url), 'utf8');
    // Ajv takes a dynamic reference for one to the root; what it leads to here is always the same.
    const schema = text.replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"');
    const validate = ajv().compile(z.looseObject({}).parse(JSON.parse(schema)));
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('has every promised path', () => {
    expect(operations.map(({ method, template }) => `${method.toUpperCase()} ${template}`)).toEqual(expect.arrayContaining(promised));
  });

  test('gives every operation an id of its own and a summary', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  test('declares every parameter of a path, and no other', () => {
    for (const { operationId, template, parameters } of operations) {
      const named = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(
        parameters
          .filter((parameter) => parameter.in === 'path')
          .map(({ name }) => name)
          .toSorted(),
        operationId,
      ).toEqual(named.toSorted());
    }
  });

  test('describes the body of every operation that takes one', () => {
    const without = operations.filter(({ method, requestBody }) => ['post', 'put', 'patch'].includes(method) && !requestBody);
    expect(without.map(({ operationId }) => operationId).toSorted()).toEqual([
      'acceptOwnership',
      'archiveClient',
      'cancelImport',
      'cancelOffboarding',
      'cancelOnboarding',
      'leaveAccount',
      'resendInvitation',
      'restoreClient',
      'rotateCrmConnection',
      'rotateSharing',
      'testCrmConnection',
    ]);
  });

  test('refers to nothing that is not there, and has schemas that can be compiled', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer]) => pointer ?? '');
    expect(references.length).toBeGreaterThan(0);
    const compiler = ajv().addSchema(document, 'document', true, false);
    for (const pointer of new Set(references)) compiler.compile({ $ref: `document#${pointer}` });
  });

  test('says of every operation behind a key that it may answer 401, 403 and 404, and of every one with a body 400 and 422', () => {
    for (const operation of operations) {
      const declared = Object.keys(operation.responses);
      if (operation.security === undefined) expect(declared, operation.operationId).toEqual(expect.arrayContaining(['401', '403', '404']));
      if (bodySchemaOf(operation)) expect(declared, operation.operationId).toEqual(expect.arrayContaining(['400', '422']));
    }
  });

  test('names refusals only that there are', () => {
    const named = [...JSON.stringify(operations.map(({ responses }) => responses)).matchAll(/`([A-Z_]{5,})`/g)].map(([, code]) => code);
    expect(refusalCodes).toEqual(expect.arrayContaining([...new Set(named)]));
  });
});

describe('the reference', () => {
  const pages = ['/reference', '/reference/swagger-ui.css', '/reference/swagger-ui-bundle.js', '/reference/start.js'];

  test('is served whole by this API', async () => {
    const html = await (await api.app.request('/reference')).text();
    const wanted = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(wanted.toSorted()).toEqual(pages.slice(1).toSorted());
    for (const page of pages) expect((await api.app.request(page)).status, page).toBe(200);
    expect((await api.app.request('/reference/package.json')).status).toBe(404);
  });

  test('asks no third party for anything: the policy forbids it, and its one habit of doing so is off', async () => {
    for (const page of pages) {
      const policy = (await api.app.request(page)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    }
    expect(await (await api.app.request('/reference/start.js')).text()).toContain('validatorUrl: null');
  });
});
