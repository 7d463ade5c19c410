import { median } from './sampling.ts';

/** One line of the table. */
export interface Row {
  measure: string;
  unit: 'ms' | '/s' | 'MB' | '';
  samples: readonly number[];
  /** The median against the median of something else of the same run. */
  ratio?: { to: string; value: number };
  target?: Target;
}

/** What a row should reach: by its ratio, which holds on any machine, or by its value. */
export type Target = { ratioAtMost: number } | { ratioAtLeast: number } | { atMost: number };

/** Samples to come. */
export function series(): number[] {
  return [];
}

/** The ratio of two medians, for a row. */
export function against(to: string, samples: readonly number[], base: readonly number[]): Required<Pick<Row, 'ratio'>> {
  return { ratio: { to, value: median(samples) / median(base) } };
}
