import type { RefusalCode } from '../../domain/refusal.ts';

interface RefusalText {
  /** What happened, for whoever meets it. */
  when: string;
  /** Why Foyer says no instead of doing it. */
  why: string;
  /** What clears it, in the order to try. */
  steps: readonly [string, ...string[]];
  /** Pages of the guide to read next, below `/docs`. */
  related: readonly string[];
}

const clients = 'accounts/manage-client-accounts';
const sharing = 'accounts/share-client-reports';
const brand = 'accounts/white-label-controls';
const people = 'accounts/people-and-roles';
const quickStart = 'api/quick-start';
const crm = 'integrations/connect-a-crm';

/** What stands on the page of each refusal, beside its row in the table of `domain/refusal.ts`. */
export const refusalGuide: Record<RefusalCode, RefusalText> = {
  AGENCY_ACCOUNT_REQUIRED: {
    when: 'A direct account asked for something that only an agency has: client accounts, their projects, a brand or a CRM connection.',
    why: 'Client accounts belong to an agency and share its allowance. A direct account serves itself alone, so there is nothing to keep apart.',
    steps: ['Switch to your agency account, if you belong to one.', 'Otherwise ask whoever runs this installation to open an agency account for you.'],
    related: [clients, people],
  },
  AGENCY_ROLE_REQUIRED: {
    when: 'You belong to the agency, but your role does not allow this; or the API key lacks the scope that the operation needs.',
    why: 'Viewers read, admins and owners change, and a few things only owners do. A key can do what its scopes say and no more, so that a key that leaks costs little.',
    steps: [
      'Ask an owner or an admin of the agency to do it, or to change your role.',
      'With a key: ask for one with the scope that the operation names in the API reference.',
    ],
    related: [people, quickStart],
  },
  AGENCY_PLAN_INELIGIBLE: {
    when: 'The plan of the agency is past due or cancelled, or its cancellation has taken effect.',
    why: 'Nothing that exists is taken away: clients, projects and the links that are out stay. Nothing new is granted until the plan is in order.',
    steps: [
      'Settle the plan with billing.',
      'An onboarding that waits for it goes on by itself as soon as the plan is eligible again; there is no need to ask twice.',
    ],
    related: [clients, sharing],
  },
  CLIENT_LIMIT_REACHED: {
    when: 'A client was to be created or restored, and every client slot of the plan is taken.',
    why: 'All clients of an agency draw from one pool of slots. A slot is taken in one step with the client that takes it, so two requests never get the last one.',
    steps: [
      'Archive a client that is no longer served: its slot is free at once.',
      'Or raise the client limit of the plan.',
      'A request that said `onLimit: "wait"`, as those of a CRM do, is not lost: it goes on by itself when a slot is there.',
    ],
    related: [clients],
  },
  CLIENT_NAME_TAKEN: {
    when: 'Another client account of this agency has the same name. Blanks around it and capital letters make no difference.',
    why: 'People find clients by their names. Two of one name would sooner or later be confused, and a report sent to the wrong one.',
    steps: [
      'Look for the client of that name, among the archived ones too; it may be the one you mean.',
      'If it is another organisation, give the new one a name that tells them apart.',
    ],
    related: [clients],
  },
  EXTERNAL_REFERENCE_TAKEN: {
    when: 'Another client account of this agency has the same external reference.',
    why: 'The external reference is the id of the client in your CRM. It says which client a message of the CRM is about, so it can belong to one only.',
    steps: ['Open the client that has the reference.', 'If the reference is wrong there, correct it; if it is wrong here, leave it out or use the right one.'],
    related: [clients, crm],
  },
  CLIENT_ARCHIVED: {
    when: 'The client account is archived, and what was asked for needs an active one.',
    why: 'An archived client has no slot, no projects and no working links. Changing it as if it were active would bring half of it back.',
    steps: ['Restore the client, which takes a client slot again.', 'Then repeat what you wanted to do.'],
    related: [clients],
  },
  PROJECT_BELONGS_TO_ANOTHER_AGENCY: {
    when: 'The project that was named is not one of this agency.',
    why: 'Agencies see nothing of each other. The answer is the same for a project of another agency and for one that does not exist, so that nothing can be learnt from it.',
    steps: ['Choose a project from the list of this agency.', 'If it should be there, check which account you are using.'],
    related: [clients],
  },
  PROJECT_ALREADY_ASSIGNED: {
    when: 'An onboarding asked for a project that another client has.',
    why: 'Moving a project ends the links of the client that has it. That is a decision of its own, never a side effect of creating a client.',
    steps: ['Choose a project that is unassigned.', 'Or move this one on purpose, in the Client project table, and read there what the move will end.'],
    related: [clients, sharing],
  },
  NO_CLIENT_ACCOUNT: {
    when: 'A report was to be shared from a project that belongs to no client account.',
    why: 'A link is made for one client. Without one nobody could say who may read it, or when it has to end.',
    steps: ['Choose the client in the Client account selector of the project and save.', 'Then share again.'],
    related: [clients, sharing],
  },
  SCAN_NOT_COMPLETED: {
    when: 'A report was to be shared while the scan of the project has not completed.',
    why: 'What is shared is what a finished scan observed. Half a scan would read as if the rest were fine.',
    steps: ['Look at the scan badge of the project: it says what the scan waits for.', 'Share once it says completed. An onboarding looks again by itself.'],
    related: [sharing],
  },
  REPORT_NOT_READY: {
    when: 'A report was to be shared, and there is none yet, or it lacks evidence that a publication gate asks for.',
    why: 'A report passes six gates before a client sees it: evidence, scope, confidence, redaction, legal boundary and false-positive review.',
    steps: ['Look at the report badge: it names the gates that are missing.', 'Deliver the report again with what they ask for.'],
    related: [sharing],
  },
  REPORT_PUBLICATION_BLOCKED: {
    when: 'A report was to be shared, and one of its publication gates is blocked.',
    why: 'Somebody looked at the report and said that it must not go out as it is. The same ends a link that is already out.',
    steps: ['Read the reason on the report badge.', 'Clear what is blocked, and deliver the report again.'],
    related: [sharing],
  },
  WHITE_LABEL_NOT_ELIGIBLE: {
    when: "A brand or a logo was to be set, and the agency's plan does not include white label.",
    why: 'White label is part of some plans. A brand that was set while the plan had it stays and is shown; it can be taken away at any time.',
    steps: ['Change to a plan with white label.', 'Until then reports carry the name of the account and neutral colours.'],
    related: [brand],
  },
  LOGO_UNSAFE: {
    when: 'A logo could not be taken: its address is not https or not public, it is no image, it is too large or too small, or it is a drawing with script.',
    why: 'Foyer fetches a logo once, makes it anew from its pixels and serves it itself, so that a report never asks anybody else for a picture and nothing hidden in a file reaches a reader.',
    steps: [
      'Read the detail of the answer: it says which of these it was.',
      'Use a PNG, JPEG or WebP between 16 and 4,096 pixels a side, or a plain SVG, of at most 1 MB.',
      'If the address is the trouble, upload the file instead.',
    ],
    related: [brand],
  },
  IDEMPOTENCY_KEY_REUSED: {
    when: 'A request carried an `Idempotency-Key` that came before with another request.',
    why: 'A key stands for one request, for good. Answering the second request with the answer of the first would be wrong, and doing it would break the promise of the key.',
    steps: ['Send a new key for a new request.', 'To repeat the first request, send it exactly as it was.'],
    related: [quickStart],
  },
  VERSION_CONFLICT: {
    when: 'The `If-Match` of the request names another version than the record has by now.',
    why: 'Somebody changed the record after you read it. Without the check your change would silently undo theirs.',
    steps: ['Read the record again and look at what changed.', 'Repeat your change with the new `ETag`.'],
    related: [quickStart],
  },
  SHARE_EXPIRED: {
    when: 'A link to a report is past its time, was switched off, or was replaced by another.',
    why: 'A link works for as long as the agency means it to, and for the client it was made for. The answer says nothing about whose it was.',
    steps: ['If you were sent the link: ask the sender for a new one.', 'If you sent it: share the report again, and send the new link.'],
    related: [sharing],
  },
  NOT_FOUND: {
    when: 'There is nothing at this address: it never was there, it is gone, or it belongs to somebody else.',
    why: 'The three look the same on purpose. Whoever may not see something learns nothing about it, not even that it exists.',
    steps: ['Check the address.', 'Check which account you are using, and whether your key belongs to it.'],
    related: [people, quickStart],
  },
  VALIDATION_FAILED: {
    when: 'The request has fields that cannot be accepted. `errors` names each of them with a pointer and what is wrong. A body that is no JSON at all is answered with 400 and the same code.',
    why: 'Everything that is wrong is told at once, and nothing is changed until all of it is right.',
    steps: ['Correct the fields listed in `errors`.', 'Send the request again; with the same idempotency key only if nothing else changed.'],
    related: [quickStart],
  },
  UNAUTHENTICATED: {
    when: 'The request carries no valid credential: none at all, an unknown or revoked key, a session that ended, or a webhook whose signature does not hold.',
    why: 'All of these get one answer, so that nobody finds out which keys exist.',
    steps: [
      'Sign in again; or send a valid key as `Authorization: Bearer …`.',
      'For a webhook: check the secret, and that the clock of the sender is less than five minutes off. After a rotation the old secret holds for a day.',
    ],
    related: [quickStart, crm],
  },
  RATE_LIMITED: {
    when: 'The caller sent more requests than it may in this time, or the account has had many invitations mailed: ten an hour to one address, two hundred a day in all.',
    why: 'One caller must not slow the others down, a password must not be guessed by trying, and nobody must be flooded with mail.',
    steps: ['Wait for the seconds that `Retry-After` names.', 'Then send the same request again, with the same idempotency key.'],
    related: [quickStart],
  },
  TEMPORARILY_UNAVAILABLE: {
    when: 'A part of Foyer, its database or its workflow engine, is not reachable right now.',
    why: 'Foyer answers that it took something only once it is written down for good. What it cannot write down it does not take.',
    steps: [
      'Send the same request again after the seconds that `Retry-After` names, with the same idempotency key: it then happens once, whatever became of the first.',
      'What was taken before goes on by itself when the part is back.',
    ],
    related: [quickStart],
  },
};
