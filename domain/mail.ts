/** What a mail is about; the closed set of messages that Foyer sends, one template a file. */
export const mailKinds = [
  'verify_email',
  'reset_password',
  'address_in_use',
  'invitation',
  'ownership_offer',
  'onboarding_reminder',
  'onboarding_stalled',
  'onboarding_needs_attention',
  'offboarding_notice',
  'offboarding_reminder',
  'offboarding_cancelled',
  'client_leaves',
  'report_not_opened',
  'import_ended',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** A message to one address, as it will be sent. */
export interface Mail {
  kind: MailKind;
  to: string;
  subject: string;
  text: string;
  html: string;
}
