import { useNavigate } from '@tanstack/react-router';
import { leaveAccount } from '../data/account.ts';
import { queries } from '../data/queries.ts';
import { useAccount } from '../frame/account.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { texts } from '../texts/texts.ts';
import { useWhyNotMember } from './why-not-member.ts';

const t = texts.people;

/** The way out of the account, for everybody but its last owner. */
export function LeaveAccount() {
  const { id, name, role } = useAccount();
  const navigate = useNavigate();
  const whyNot = useWhyNotMember()(role, { kind: 'leaves' });
  const leave = async () => {
    await leaveAccount(id);
    queries.clear();
    await navigate({ to: '/agency' });
  };
  return <ConfirmedAction action={t.leave} whyNot={whyNot} explained={t.leaveExplained} name={name} act={leave} />;
}
