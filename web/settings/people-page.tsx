import { Invitations } from './invitations.tsx';
import { InviteForm } from './invite-form.tsx';
import { Members } from './members.tsx';

/** `/settings/people`: who belongs to the account, as what, and who is invited. */
export function PeoplePage() {
  return (
    <>
      <Members />
      <InviteForm />
      <Invitations />
    </>
  );
}
