import type { CSSProperties } from 'react';
import type { Brand } from '../data/brand.ts';
import { texts } from '../texts/texts.ts';
import classes from './brand-preview.module.css';

const t = texts.brand;

/** The head and foot of a report under the brand, as its reader sees them; on paper, whatever the app looks like. */
export function BrandPreview({ shown: { reportBrand, accentColor, footer, logo } }: { shown: Brand['shown'] }) {
  return (
    <figure className={classes.paper} style={{ '--brand': accentColor } as CSSProperties} aria-label={t.preview}>
      <div className={classes.head}>
        {logo ? <img src={logo.url} width={logo.width} height={logo.height} alt={reportBrand} className={classes.logo} /> : <strong>{reportBrand}</strong>}
      </div>
      <p className={classes.title}>{t.sampleTitle}</p>
      <p className={classes.text}>{t.sampleText}</p>
      <p className={classes.foot}>
        {footer && <>{footer} </>}
        {t.boundary}
      </p>
    </figure>
  );
}
