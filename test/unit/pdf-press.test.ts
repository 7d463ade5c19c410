import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { packPdfs } from '../../activities/export-pack-pdfs.ts';
import { composeReport, type SharedReport } from '../../domain/report-document.ts';
import { createPdfPress, PressBusy } from '../../report/pdf-press.ts';
import { reportPdf } from '../../report/report-pdf.ts';
import { newProjectId } from '../harness/ids.ts';
import { gates } from '../harness/project.ts';

const brand = { reportBrand: 'Northwind', logo: null, accentColor: '#1f5f5b', footer: null };

function content(title: string, findingCount = 1): SharedReport {
  const finding = {
    severity: 'low' as const,
    category: 'Access',
    affectedUrl: 'https://acme.example/',
    evidence: 'Seen.\n'.repeat(9),
    recommendation: 'Close it.',
  };
  const findings = Array.from({ length: findingCount }, (_, index) => ({ ...finding, title: `Finding ${index}` }));
  return { title, domain: 'acme.example', riskScore: 42, pagesScanned: 120, findings, at: new Date('2026-03-01T09:00:00Z') };
}

const report = (title: string, findingCount?: number) => composeReport(content(title, findingCount), brand);

const press = createPdfPress();
afterAll(press.stop);

describe('the press', () => {
  test('draws the same bytes as whoever else draws a report, whenever: what the look from outside stands on', async () => {
    const document = report('The same');
    const own = await reportPdf(document, undefined);
    expect(Buffer.compare(await press.print(document, undefined), own)).toBe(0);
    expect(Buffer.compare(await press.print(report('Another'), undefined), own)).not.toBe(0);
  });

  test('draws once what is asked for by many, and remembers it', async () => {
    const asked = Array.from({ length: 20 }, () => press.print(report('Wanted'), undefined));
    const drawn = new Set(await Promise.all(asked));
    drawn.add(await press.print(report('Wanted'), undefined));
    expect(drawn.size).toBe(1);
  });

  test('draws once what is shown by several links, each of which has its own address of the logo', async () => {
    const by = (url: string) => ({ ...report('Of two links'), brand: { ...brand, logo: { url, width: 120, height: 40 } } });
    expect(await press.print(by('/r/one/logo'), undefined)).toBe(await press.print(by('/r/another/logo'), undefined));
  });

  test('leaves the process to others while it draws', async () => {
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 1);
    await press.print(report('Long', 300), undefined);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(50);
  });

  test('refuses what it would not draw in time, and draws the rest', async () => {
    const busy = createPdfPress({ threads: 1, queue: 2 });
    onTestFinished(busy.stop);
    const asked = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f'].map((title) => busy.print(report(title), undefined)));
    const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused.length).toBeGreaterThan(2);
    for (const reason of refused) expect(reason).toBeInstanceOf(PressBusy);
    expect(asked.some(({ status }) => status === 'fulfilled')).toBe(true);
    await busy.print(report('f'), undefined);
  });

  test('gives up a drawing that holds a thread for too long, and says of one that has not begun that it is busy', async () => {
    let withinMs = 60_000;
    const hurried = createPdfPress({ threads: 1, giveUp: () => AbortSignal.timeout(withinMs) });
    onTestFinished(hurried.stop);
    const held = hurried.print(report('Long', 300), undefined);
    withinMs = 1;
    await expect(hurried.print(report('Behind it'), undefined)).rejects.toThrow(PressBusy);
    await held;
    withinMs = 500;
    await expect(hurried.print(report('Endless', 3_000), undefined)).rejects.toThrow('aborted');
  });

  test('that is busy is asked again by whoever makes an export pack, which does without what cannot be drawn', async () => {
    const ready = { ...content('Packed'), projectId: newProjectId(), gates: gates() };
    const room = { maxBytes: 1_000_000, signal: new AbortController().signal };
    const busy = createPdfPress({ queue: 0 });
    onTestFinished(busy.stop);
    await expect(packPdfs(busy, [ready], { brand, logoPng: undefined }, room)).rejects.toThrow(PressBusy);
    const broken = { brand: { ...brand, logo: { url: '', width: 120, height: 40 } }, logoPng: Buffer.from('no picture') };
    expect(await packPdfs(press, [ready], broken, room)).toMatchObject({ files: {}, leftOut: [{ report: ready, error: expect.any(Error) }] });
  });
});
