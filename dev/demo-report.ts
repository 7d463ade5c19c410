const passed = { state: 'passed' } as const;

export const passedGates = { evidence: passed, scope: passed, confidence: passed, redaction: passed, legalBoundary: passed, falsePositiveReview: passed };
export const blockedGates = { ...passedGates, redaction: { state: 'blocked', reason: 'a screenshot shows a customer name' } };

/** A report of a site as a scan would make it now, without its gates: each is later than the one before. */
export function demoReport(domain: string) {
  return { title: 'Website risk report', domain, riskScore: 42, pagesScanned: 120, findings: findingsOf(domain), at: new Date().toISOString() };
}

function findingsOf(domain: string) {
  return [
    {
      severity: 'high',
      category: 'Session security',
      title: 'The session cookie also travels over unencrypted connections',
      affectedUrl: `https://${domain}/account`,
      evidence: 'GET /account HTTP/1.1\n\nHTTP/1.1 200 OK\nSet-Cookie: session=[redacted]; Path=/; HttpOnly',
      recommendation: 'Set the attributes Secure and SameSite=Lax on the cookie. Whoever shares a network with a visitor can read it without them.',
    },
    {
      severity: 'high',
      category: 'Transport security',
      title: 'Pages are served without HSTS',
      affectedUrl: `https://${domain}/`,
      evidence: 'The response has no Strict-Transport-Security header.',
      recommendation: 'Send Strict-Transport-Security with a max-age of at least six months.',
    },
    {
      severity: 'medium',
      category: 'Privacy',
      title: 'A font is loaded from a third party before consent',
      affectedUrl: `https://${domain}/contact`,
      evidence: 'While it loads, the page requests one style sheet and two fonts from another host.',
      recommendation: 'Serve the fonts from the site itself.',
    },
    {
      severity: 'medium',
      category: 'Accessibility',
      title: 'Three form fields have no label',
      affectedUrl: `https://${domain}/contact`,
      evidence: 'The fields for name, e-mail address and message are named by their placeholders alone, which vanish while one types.',
      recommendation: 'Give each field a visible label that is tied to it.',
    },
    {
      severity: 'low',
      category: 'Information disclosure',
      title: 'The server names its version',
      affectedUrl: `https://${domain}/`,
      evidence: 'Server: nginx/1.18.0',
      recommendation: 'Switch server_tokens off.',
    },
    {
      severity: 'info',
      category: 'Contact',
      title: 'Nobody is named to whom a weakness could be reported',
      affectedUrl: `https://${domain}/.well-known/security.txt`,
      evidence: 'The address answers 404.',
      recommendation: 'Publish a security.txt with an address that is read.',
    },
  ] as const;
}
