import { Link } from '@tanstack/react-router';
import { Mark } from '../badge/mark.tsx';
import { ProjectBadge } from '../badge/project-badge.tsx';
import type { ClientProject } from '../data/projects.ts';
import { webPathOf } from '../refusal/web-path-of.ts';
import { texts } from '../texts/texts.ts';
import classes from './readiness.module.css';

const t = texts.project;

/** May the report be shared now? If not: what blocks it, and what clears each. */
export function Readiness({ readiness: { ready, blockers, warnings } }: { readiness: ClientProject['readiness'] }) {
  return (
    <div className={classes.readiness}>
      <p className={classes.answer}>
        <Mark tone={ready ? 'fine' : 'blocked'} />
        {ready ? t.ready : t.notReady}
      </p>
      {ready && <p className={classes.quiet}>{t.readyDetail}</p>}
      {blockers.length > 0 && (
        <ol className={classes.blockers}>
          {blockers.map(({ code, message, nextAction }) => {
            const path = webPathOf(nextAction.path);
            return (
              <li key={code}>
                <span>{message}</span>
                <br />
                {path && path !== '/projects' ? <Link to={path}>{nextAction.label}</Link> : <span className={classes.quiet}>{nextAction.label}</span>}
              </li>
            );
          })}
        </ol>
      )}
      {warnings.length > 0 && (
        <>
          <p className={classes.quiet}>{t.warnings}</p>
          <ul className={classes.warnings}>
            {warnings.map(({ family, value, reason }) => (
              <li key={family}>
                {texts.projects.families[family]}: <ProjectBadge family={family} badge={{ value, reason, at: null }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
