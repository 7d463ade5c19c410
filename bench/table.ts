import type { Row } from './row.ts';
import { median, quantile } from './sampling.ts';

const heads = ['measure', 'median', 'p95', 'ratio', 'target', ''] as const;

/** The rows as a table in Markdown, for a terminal and for a document. */
export function table(rows: readonly Row[]): string {
  const cells = [[...heads], ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const [head, ...body] = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [head, rule, ...body].join('\n');
}

function cellsOf(row: Row): string[] {
  const { measure, unit, samples, ratio } = row;
  const value = (number: number) => `${rounded(number)} ${unit}`.trim();
  // The tail of a rate would be its fastest rounds; only times have one that tells something.
  const tail = unit === 'ms' ? value(quantile(samples, 0.95)) : '';
  return [measure, value(median(samples)), tail, ratio ? `${ratio.value.toFixed(2)} x ${ratio.to}` : '', ...verdict(row)];
}

function verdict({ samples, unit, ratio, target }: Row): [target: string, reached: string] {
  if (!target) return ['', ''];
  const reached = (yes: boolean) => (yes ? 'ok' : 'missed');
  if ('atMost' in target) return [`<= ${target.atMost} ${unit}`.trim(), reached(median(samples) <= target.atMost)];
  const value = ratio?.value ?? Number.NaN;
  if ('ratioAtMost' in target) return [`<= ${target.ratioAtMost} x`, reached(value <= target.ratioAtMost)];
  return [`>= ${target.ratioAtLeast} x`, reached(value >= target.ratioAtLeast)];
}

function rounded(number: number): string {
  return number >= 100 ? Math.round(number).toLocaleString('en') : number.toFixed(Number.isInteger(number) ? 0 : 1);
}
