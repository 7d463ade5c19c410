import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/**
 * Verifies a Standard Webhooks message against each of the secrets that hold: the signature over id, timestamp and raw body, and a timestamp
 * no more than five minutes off. Returns the sender's id of the message, which a second delivery carries again, or undefined.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifyStandardWebhook(body: Buffer, headers: Headers, secrets: readonly string[]): string | undefined {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const signed = Object.fromEntries(names.map((name) => [name, headers.get(name) ?? '']));
  const holds = secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, signed, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  });
  return holds ? signed['webhook-id'] : undefined;
}
