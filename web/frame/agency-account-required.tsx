import { Link } from '@tanstack/react-router';
import { refusals } from '../../domain/refusal.ts';
import { BlockerNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './agency-account-required.module.css';
import { PageTitle } from './page-title.tsx';

const t = texts.direct;
const { title, detail, nextAction } = refusals.AGENCY_ACCOUNT_REQUIRED;

/** A direct account where something of an agency would be: why not, what it has instead, and the way to an agency account. */
export function AgencyAccountRequired() {
  return (
    <div className={classes.required}>
      <BlockerNote blocker={{ message: `${title}: ${detail}`, nextAction }}>
        <Link to="/accounts/new">{t.openAgency}</Link>
      </BlockerNote>
      <div>
        <p className={classes.line}>{t.has}</p>
        <ul className={classes.places}>
          <li>
            <Link to="/settings/people">{texts.settings.people}</Link>: {t.people}
          </li>
          <li>
            <Link to="/settings/keys">{texts.settings.keys}</Link>: {t.keys}
          </li>
          <li>
            <Link to="/settings/history">{texts.settings.history}</Link>: {t.history}
          </li>
        </ul>
      </div>
    </div>
  );
}

/** The same as a page. */
export function AgencyAccountRequiredPage() {
  return (
    <>
      <PageTitle title={texts.agency.title} />
      <AgencyAccountRequired />
    </>
  );
}
