import { expect, test } from 'vitest';
import { findingSeverities } from '../../domain/report.ts';
import { composeReport } from '../../domain/report-document.ts';
import { reportPdf } from '../../report/report-pdf.ts';
import { readPdf } from '../harness/pdf.ts';

test('no page of a report ends with a heading or a label whose text stands on the next one, and a finding that fits is not torn', async () => {
  const findings = Array.from({ length: 24 }, (_, index) => ({
    severity: findingSeverities[Math.floor(index / 5)] ?? 'info',
    category: 'Access',
    title: `Finding number ${index}.`,
    affectedUrl: 'https://acme.example/',
    evidence: 'GET / HTTP/1.1\n'.repeat(1 + ((index * 7) % 13)),
    recommendation: `${'Close it, and look again. '.repeat(1 + ((index * 5) % 11))}That was ${index}.`,
  }));
  const report = { title: 'A report', domain: 'acme.example', riskScore: 42, pagesScanned: 120, findings, at: new Date('2026-03-01T09:00:00Z') };
  const { pages } = await readPdf(
    await reportPdf(composeReport(report, { reportBrand: 'Northwind', logo: null, accentColor: '#1f5f5b', footer: null }), undefined),
  );
  expect(pages.length).toBeGreaterThan(5);
  for (const page of pages) {
    expect(page, 'its foot follows what stands on it').toMatch(/Northwind, acme/);
    expect(page).not.toMatch(
      /(Area|Where|What was seen|What to do|Findings|\d findings?|Looked at|Not looked at|Critical|High|Medium|Low|For information)\s*Northwind, acme/,
    );
  }
  const torn = findings.filter((_, index) => !pages.some((page) => page.includes(`Finding number ${index}.`) && page.includes(`That was ${index}.`)));
  expect(torn).toEqual([]);
});

test('text without a blank, such as minified script, takes about as long to draw as words do', async () => {
  const cpuMsOf = async (evidence: string) => {
    const finding = {
      severity: 'low' as const,
      category: 'Access',
      title: 'Seen',
      affectedUrl: 'https://acme.example/',
      evidence,
      recommendation: 'Close it.',
    };
    const report = { title: 'A report', domain: 'acme.example', riskScore: 42, pagesScanned: 120, findings: [finding], at: new Date('2026-03-01T09:00:00Z') };
    const before = process.cpuUsage();
    await reportPdf(composeReport(report, { reportBrand: 'Northwind', logo: null, accentColor: '#1f5f5b', footer: null }), undefined);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  await cpuMsOf('Warm.');
  const words = await cpuMsOf('abcdefg '.repeat(2_000));
  expect(await cpuMsOf('abcdefgh'.repeat(2_000))).toBeLessThan(Math.max(words, 50) * 8);
});
