import { CopyButton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ClientProject } from '../data/projects.ts';
import { sharingQuery } from '../data/sharing.ts';
import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import { Since } from '../time/since.tsx';
import classes from './share-links.module.css';

const t = texts.sharing;
const kinds = ['portal', 'public', 'print', 'pdf'] as const;

/** Where the client reads the report: Portal, Public link, Print, PDF; how long, and whether somebody has. */
export function ShareLinks({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const { data } = useQuery(sharingQuery(agencyId, project.id));
  if (!data?.links) return null;
  const { links, expiresAt, views, lastViewedAt } = data;
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
