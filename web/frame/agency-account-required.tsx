import { refusals } from '../../domain/refusal.ts';
import { BlockerNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { PageTitle } from './page-title.tsx';

const { title, detail, nextAction } = refusals.AGENCY_ACCOUNT_REQUIRED;

/** A direct account where client accounts would be. */
export function AgencyAccountRequired() {
  return (
    <>
      <PageTitle title={texts.agency.title} />
      <BlockerNote blocker={{ code: 'AGENCY_ACCOUNT_REQUIRED', message: `${title}: ${detail}`, nextAction }} />
    </>
  );
}
