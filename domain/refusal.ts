/** Where a refusal sends its reader: words always, a path of the web app where there is one. */
export interface NextAction {
  label: string;
  path?: string;
}

interface RefusalRule {
  /** HTTP status of the problem document. */
  status: 401 | 403 | 404 | 409 | 410 | 412 | 422 | 429 | 503;
  title: string;
  detail: string;
  nextAction: NextAction;
  /** What the next action is about: where it is known it leads there, instead of to the list of its kind. */
  about?: 'project' | 'client';
}

/** Every "no" that Foyer says. The set is closed: a new one is a new row here and a page under `/docs/refusals`. */
export const refusals = {
  AGENCY_ACCOUNT_REQUIRED: {
    status: 403,
    title: 'Agency account required',
    detail: 'A direct account cannot hold client accounts.',
    nextAction: { label: 'Use an agency account, or ask the platform operator to open one.' },
  },
  AGENCY_ROLE_REQUIRED: {
    status: 403,
    title: 'Agency role required',
    detail: 'The role, or the scopes of the key, do not allow this.',
    nextAction: { label: 'Ask an owner or admin of the agency for the role or for a key with the scope.' },
  },
  AGENCY_PLAN_INELIGIBLE: {
    status: 409,
    title: 'Plan not eligible',
    detail: 'The plan of the agency is past due or cancelled: what exists stays, nothing new is granted.',
    nextAction: { label: 'Settle the plan with billing.', path: '/settings/plan' },
  },
  CLIENT_LIMIT_REACHED: {
    status: 409,
    title: 'Client limit reached',
    detail: 'The plan has no client slot left.',
    nextAction: { label: 'Archive a client that is no longer served, or raise the client limit of the plan.', path: '/settings/plan' },
  },
  CLIENT_NAME_TAKEN: {
    status: 409,
    title: 'Client name taken',
    detail: 'Another client account of this agency has this name.',
    nextAction: { label: 'Open the client of that name, or choose another name.', path: '/clients' },
  },
  EXTERNAL_REFERENCE_TAKEN: {
    status: 409,
    title: 'External reference taken',
    detail: 'Another client account of this agency has this external reference.',
    nextAction: { label: 'Open the client with that reference, or correct the reference.', path: '/clients' },
  },
  CLIENT_ARCHIVED: {
    status: 409,
    title: 'Client archived',
    detail: 'The client account is archived.',
    nextAction: { label: 'Restore the client first.', path: '/clients' },
    about: 'client',
  },
  PROJECT_BELONGS_TO_ANOTHER_AGENCY: {
    status: 409,
    title: 'Project belongs to another agency',
    detail: 'The project is not one of this agency.',
    nextAction: { label: 'Choose a project of this agency.', path: '/projects' },
  },
  PROJECT_ALREADY_ASSIGNED: {
    status: 409,
    title: 'Project already assigned',
    detail: 'Another client has this project; onboarding does not take it away.',
    nextAction: { label: 'Choose an unassigned project, or move this one explicitly first.', path: '/projects' },
  },
  NO_CLIENT_ACCOUNT: {
    status: 409,
    title: 'No client account',
    detail: 'The project is not assigned to a client account.',
    nextAction: { label: 'Assign the project to a client account.', path: '/projects' },
    about: 'project',
  },
  SCAN_NOT_COMPLETED: {
    status: 409,
    title: 'Scan not completed',
    detail: 'The scan of the project has not completed.',
    nextAction: { label: 'Run the scan to its end.', path: '/projects' },
    about: 'project',
  },
  REPORT_NOT_READY: {
    status: 409,
    title: 'Report not ready',
    detail: 'The project has no report that is ready to publish.',
    nextAction: { label: 'Deliver the report, and the evidence it lacks.', path: '/projects' },
    about: 'project',
  },
  REPORT_PUBLICATION_BLOCKED: {
    status: 409,
    title: 'Report publication blocked',
    detail: 'A publication gate of the report is blocked.',
    nextAction: { label: 'Clear the blocked gate and deliver the report again.', path: '/projects' },
    about: 'project',
  },
  WHITE_LABEL_NOT_ELIGIBLE: {
    status: 409,
    title: 'White label not eligible',
    detail: 'The plan does not include white label.',
    nextAction: { label: 'Change to a plan with white label.', path: '/settings/plan' },
  },
  LOGO_UNSAFE: {
    status: 422,
    title: 'Logo unsafe',
    detail: 'The logo is not https, not an image, too large, or carries script.',
    nextAction: { label: 'Use a PNG, JPEG or plain SVG of moderate size.' },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'Idempotency key reused',
    detail: 'This idempotency key was used before with another request.',
    nextAction: { label: 'Send a new key for a new request, or the same request for the same key.' },
  },
  VERSION_CONFLICT: {
    status: 412,
    title: 'Version conflict',
    detail: 'The record changed since it was read.',
    nextAction: { label: 'Read the record again and repeat the change.' },
  },
  SHARE_EXPIRED: {
    status: 410,
    title: 'Link no longer valid',
    detail: 'This link has expired or was withdrawn.',
    nextAction: { label: 'Ask the sender for a new link.' },
  },
  NOT_FOUND: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing here.',
    nextAction: { label: 'Check the address and the account you are using.' },
  },
  VALIDATION_FAILED: {
    status: 422,
    title: 'Validation failed',
    detail: 'The request has fields that cannot be accepted.',
    nextAction: { label: 'Correct the fields listed in errors and send the request again.' },
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Not authenticated',
    detail: 'The request carries no valid credential.',
    nextAction: { label: 'Sign in, or send a valid API key as a bearer token.', path: '/sign-in' },
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    detail: 'The caller sent more requests than it may.',
    nextAction: { label: 'Wait for the time in Retry-After and send the request again.' },
  },
  TEMPORARILY_UNAVAILABLE: {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'A part of Foyer is not reachable right now; nothing was changed.',
    nextAction: { label: 'Send the same request, with the same idempotency key, again after the time in Retry-After.' },
  },
} as const satisfies Record<string, RefusalRule>;

export type RefusalCode = keyof typeof refusals;

export const refusalCodes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

/** Which records the case at hand is about. */
export interface RefusalSubject {
  projectId?: string | null;
  clientId?: string | null;
}

/** What to do next after this refusal, and where: at the record itself where it is known. */
export function nextActionOf(code: RefusalCode, { projectId, clientId }: RefusalSubject = {}): NextAction {
  const { nextAction, about }: RefusalRule = refusals[code];
  const id = about && { project: projectId, client: clientId }[about];
  return id ? { ...nextAction, path: `${nextAction.path}/${id}` } : nextAction;
}

/** A field that was refused: an RFC 6901 pointer into the body, or `/query/…`, `/path/…`, `/headers/…`. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** A named "no". `detail` replaces the table's reason where the case at hand says more. */
export interface Refusal {
  code: RefusalCode;
  detail?: string;
  errors?: FieldError[];
  about?: RefusalSubject;
  /** Tells refusals of one code apart where a program has to, in upper case: `EMAIL_NOT_VERIFIED`. */
  reason?: string;
  /** When it is worth coming again, where that is known. */
  retryAfterSeconds?: number;
}
