import { Workspaces } from '../agency/workspaces.tsx';
import { useAccount } from '../frame/account.tsx';
import { AgencyAccountRequired } from '../frame/agency-account-required.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import classes from './explained.module.css';

const t = texts.settings;

/** `/settings/plan`: what the plan grants, how much of it is used, and how it is changed; a direct account has none. */
export function PlanPage() {
  const { kind } = useAccount();
  if (kind === 'direct') {
    return (
      <Panel title={t.plan}>
        <p className={classes.lead}>{texts.direct.noPlan}</p>
        <AgencyAccountRequired />
      </Panel>
    );
  }
  return (
    <>
      <Workspaces />
      <Panel title={t.planChange}>
        <p className={classes.explained}>{t.planExplained}</p>
      </Panel>
    </>
  );
}
