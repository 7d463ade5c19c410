import { Mark } from '../badge/mark.tsx';
import { ProjectBadge } from '../badge/project-badge.tsx';
import type { ClientProject } from '../data/projects.ts';
import { NextAction } from '../refusal/next-action.tsx';
import { texts } from '../texts/texts.ts';
import classes from './readiness.module.css';

const t = texts.project;

/** May the report be shared now? If not: what blocks it, and what clears each. */
export function Readiness({ project: { id, readiness } }: { project: ClientProject }) {
  const { ready, blockers, warnings } = readiness;
  return (
    <div className={classes.readiness}>
      <p className={classes.answer}>
        <Mark tone={ready ? 'fine' : 'blocked'} />
        {ready ? t.ready : t.notReady}
      </p>
      {ready && <p className={classes.quiet}>{t.readyDetail}</p>}
      {blockers.length > 0 && (
        <ol className={classes.blockers}>
          {blockers.map(({ code, message, nextAction }) => (
            <li key={code}>
              <span>{message}</span>
              <br />
              {/* A link to the page that one looks at leads nowhere. */}
              {nextAction.path === `/projects/${id}` ? <span className={classes.quiet}>{nextAction.label}</span> : <NextAction nextAction={nextAction} />}
            </li>
          ))}
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
