import { Workspaces } from '../agency/workspaces.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import classes from './explained.module.css';

const t = texts.settings;

/** `/settings/plan`: what the plan grants, how much of it is used, and how it is changed. */
export function PlanPage() {
  return (
    <>
      <Workspaces />
      <Panel title={t.planChange}>
        <p className={classes.explained}>{t.planExplained}</p>
      </Panel>
    </>
  );
}
