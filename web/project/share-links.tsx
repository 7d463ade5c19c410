import { CopyButton, UnstyledButton } from '@mantine/core';
import type { ClientProject } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import { Since } from '../time/since.tsx';
import classes from './share-links.module.css';

const t = texts.sharing;
const kinds = ['portal', 'public', 'print', 'pdf'] as const;

/** Where the client reads the report: Portal, Public link, Print, PDF; how long, and whether somebody has. */
export function ShareLinks({ project }: { project: ClientProject }) {
  const { links, expiresAt, views, lastViewedAt } = project.sharing;
  if (!links) return null;
  return (
    <div className={classes.links}>
      {kinds.map((kind) => (
        <a key={kind} href={links[kind]} target="_blank" rel="noreferrer" aria-label={t.linkOf(t.links[kind], project.name)}>
          {t.links[kind]}
        </a>
      ))}
      <CopyButton value={links.public}>
        {({ copied, copy }) => (
          <UnstyledButton className={classes.copy} onClick={copy} aria-label={t.copyOf(project.name)}>
            {copied ? t.copied : t.copy}
          </UnstyledButton>
        )}
      </CopyButton>
      <span className={classes.quiet}>
        {expiresAt ? t.until(day(expiresAt)) : t.noEnd}, {t.views(views)}
        {lastViewedAt && (
          <>
            , <Since at={lastViewedAt} />
          </>
        )}
      </span>
    </div>
  );
}
