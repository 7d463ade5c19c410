import type { SharedReport } from '../../domain/report-document.ts';

/** A report of nobody's site, to see a brand on before there is one. */
export const sampleReport: SharedReport = {
  title: 'Website risk report',
  domain: 'sample.example',
  riskScore: 38,
  pagesScanned: 24,
  findings: [
    {
      severity: 'high',
      category: 'Transport security',
      title: 'Pages are served without HSTS',
      affectedUrl: 'https://sample.example/',
      evidence: 'The response has no Strict-Transport-Security header.',
      recommendation: 'Send the header with a max-age of at least half a year.',
    },
    {
      severity: 'medium',
      category: 'Privacy',
      title: 'A font is loaded from a third party before consent',
      affectedUrl: 'https://sample.example/contact',
      evidence: 'The page requests a style sheet and two fonts from another host while it loads.',
      recommendation: 'Serve the fonts from the site itself.',
    },
    {
      severity: 'low',
      category: 'Accessibility',
      title: 'A form field has no label',
      affectedUrl: 'https://sample.example/newsletter',
      evidence: 'The field for the e-mail address is named by its placeholder alone.',
      recommendation: 'Give the field a visible label.',
    },
  ],
  at: new Date('2026-01-15T09:00:00Z'),
};
