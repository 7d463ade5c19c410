import { SegmentedControl, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type BrandOwner, type PreviewSurface, previewPath, previewQuery, previewSurfaces } from '../data/brand.ts';
import { Refused } from '../data/problem.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './brand-preview.module.css';

const t = texts.brand;
const typingMs = 300;

interface BrandPreviewProps {
  owner: BrandOwner;
  /** What stands in the form. */
  draft: Record<'reportBrand' | 'accentColor' | 'footer', string>;
  /** Of what is saved. */
  version: number;
}

/** What clients would be shown under the brand as it is typed, made by what makes it for them. */
export function BrandPreview({ owner, draft, version }: BrandPreviewProps) {
  const [surface, setSurface] = useState<PreviewSurface>('portal');
  const [typed] = useDebouncedValue(new URLSearchParams(draft).toString(), typingMs);
  const { data, error } = useQuery(previewQuery(owner, typed));
  const [shown, setShown] = useState<string>();
  if (data !== undefined && data !== shown) setShown(data);
  const path = shown === undefined ? undefined : previewPath(owner, surface, shown);
  return (
    <section className={classes.preview} aria-label={t.preview}>
      <div className={classes.line}>
        <SegmentedControl
          size="xs"
          aria-label={t.surface}
          data={previewSurfaces.map((value) => ({ value, label: t.surfaces[value] }))}
          value={surface}
          onChange={setSurface}
        />
        {path && (
          <a href={path} target="_blank" rel="noreferrer">
            {t.openPreview}
          </a>
        )}
      </div>
      {error && <NotShown error={error} />}
      {path ? <Surface key={`${path} ${version}`} surface={surface} path={path} /> : !error && <Skeleton className={classes.frame} />}
    </section>
  );
}

/** A frame anew for each address: one that is led on would fill the way back. What is in it runs no script, by its own policy. */
function Surface({ surface, path }: { surface: PreviewSurface; path: string }) {
  if (surface === 'pdf' && !navigator.pdfViewerEnabled) return <p>{t.noPdfViewer}</p>;
  return <iframe className={classes.frame} title={t.surfaces[surface]} src={surface === 'pdf' ? `${path}#navpanes=0&view=FitH` : path} />;
}

/** Why what is typed now is not shown; what was shown before still is. */
function NotShown({ error }: { error: Error }) {
  const wrong = error instanceof Refused ? error.problem.errors?.map(({ message }) => message) : undefined;
  if (!wrong) return <RefusalNote error={error} />;
  return (
    <p className={classes.waits} role="status">
      {t.notShown(wrong.join('; '))}
    </p>
  );
}
