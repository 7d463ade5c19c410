import { describe, expect, test } from 'vitest';
import { type RefusalCode, refusalCodes, refusals } from '../../domain/refusal.ts';

/** The closed set of the product, with its HTTP statuses. */
const meant = {
  AGENCY_ACCOUNT_REQUIRED: 403,
  AGENCY_ROLE_REQUIRED: 403,
  AGENCY_PLAN_INELIGIBLE: 409,
  CLIENT_LIMIT_REACHED: 409,
  CLIENT_NAME_TAKEN: 409,
  EXTERNAL_REFERENCE_TAKEN: 409,
  CLIENT_ARCHIVED: 409,
  PROJECT_BELONGS_TO_ANOTHER_AGENCY: 409,
  PROJECT_ALREADY_ASSIGNED: 409,
  NO_CLIENT_ACCOUNT: 409,
  SCAN_NOT_COMPLETED: 409,
  REPORT_NOT_READY: 409,
  REPORT_PUBLICATION_BLOCKED: 409,
  WHITE_LABEL_NOT_ELIGIBLE: 409,
  LOGO_UNSAFE: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  VERSION_CONFLICT: 412,
  SHARE_EXPIRED: 410,
  NOT_FOUND: 404,
  VALIDATION_FAILED: 422,
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  TEMPORARILY_UNAVAILABLE: 503,
} as const satisfies Record<RefusalCode, number>;

test('the refusals are exactly those of the product, with their HTTP statuses', () => {
  expect(Object.fromEntries(refusalCodes.map((code) => [code, refusals[code].status]))).toEqual(meant);
});

describe.each(refusalCodes)('%s', (code) => {
  const { title, detail, nextAction } = refusals[code];

  test('says what it is, why, and what to do next, in sentences', () => {
    expect(title).toMatch(/^[A-Z]/);
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(nextAction.label).toMatch(/^[A-Z].*\.$/);
  });

  test('never sends anybody to support', () => {
    expect(nextAction.label).not.toMatch(/support|contact us|ticket/i);
  });

  test('points, where it points, into the web app', () => {
    if ('path' in nextAction) expect(nextAction.path).toMatch(/^\/[a-z/-]+$/);
  });
});
