import { texts } from '../texts/texts.ts';
import { exactly } from './exactly.ts';
import { useNow } from './now.ts';

const relative = new Intl.RelativeTimeFormat(texts.locale, { numeric: 'auto', style: 'narrow' });

/** Seconds of each unit, from the largest. */
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const satisfies [Intl.RelativeTimeFormatUnit, number][];

/** A moment as people say it, with the exact one on hover: `2d ago`. */
export function Since({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exactly(at)}>
      {inWords((Date.parse(at) - now) / 1000)}
    </time>
  );
}

/** How long it has been so, in the fewest letters: `2d`. */
export function Waited({ since }: { since: string }) {
  const seconds = (useNow() - Date.parse(since)) / 1000;
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ['minute', 60];
  const amount = new Intl.NumberFormat(texts.locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(Math.floor(Math.max(seconds, size) / size));
  return (
    <time dateTime={since} title={exactly(since)}>
      {seconds < size ? `<${amount}` : amount}
    </time>
  );
}

function inWords(seconds: number): string {
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? relative.format(Math.round(seconds / unit[1]), unit[0]) : relative.format(0, 'second');
}
