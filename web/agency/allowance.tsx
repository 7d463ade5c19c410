import { allowanceWarningPercents } from '../../domain/plan.ts';
import { texts } from '../texts/texts.ts';
import classes from './allowance.module.css';

interface AllowanceProps {
  label: string;
  used: number;
  limit: number;
}

const [warnAtPercent] = allowanceWarningPercents;

/** How much of an allowance is used: a bar with marks where a warning is due and where the limit is. */
export function Allowance({ label, used, limit }: AllowanceProps) {
  const percent = limit === 0 ? (used > 0 ? 101 : 0) : (used / limit) * 100;
  const level = percent > 100 ? 'over' : percent >= 100 ? 'full' : percent >= warnAtPercent ? 'near' : 'room';
  // An allowance that is overdrawn is drawn to its own size, so that the mark of the limit stands inside of it.
  const scale = 100 / Math.max(percent, 100);
  const note = { over: texts.agency.overLimit(used - limit), full: texts.agency.atLimit, near: texts.agency.nearLimit, room: '' }[level];
  return (
    <div className={classes.allowance} data-level={level}>
      <div className={classes.head}>
        <span className={classes.label}>{label}</span>
        <span className={classes.numbers}>{texts.agency.ofLimit(used, limit)}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be styled alike in every browser */}
      <div
        className={classes.bar}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={`${texts.agency.ofLimit(used, limit)}${note && `, ${note}`}`}
      >
        <div className={classes.fill} style={{ width: `${Math.min(percent, 100)}%` }} />
        {allowanceWarningPercents.map((mark) => (
          <div key={mark} className={classes.mark} style={{ left: `${mark * scale}%` }} data-last={mark * scale >= 100 || undefined} />
        ))}
      </div>
      <p className={classes.note}>{note}</p>
    </div>
  );
}
