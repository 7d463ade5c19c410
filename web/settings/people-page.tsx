import { useWhyNot } from '../frame/account.tsx';
import { Notice } from '../frame/notice.tsx';
import { texts } from '../texts/texts.ts';
import { Invitations } from './invitations.tsx';
import { InviteForm } from './invite-form.tsx';
import { Members } from './members.tsx';
import { Ownership } from './ownership.tsx';

/** `/settings/people`: who belongs to the account, as what, who is invited, and whose the account is. */
export function PeoplePage() {
  const mayNot = useWhyNot()('people.read');
  return (
    <>
      {mayNot ? (
        <Notice title={texts.people.forUnrestricted} detail={mayNot} />
      ) : (
        <>
          <Members />
          <InviteForm />
          <Invitations />
        </>
      )}
      <Ownership />
    </>
  );
}
