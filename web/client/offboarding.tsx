import { useQuery } from '@tanstack/react-query';
import type { ClientAccount } from '../data/clients.ts';
import { offboardingQuery } from '../data/offboarding.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import { OffboardForm } from './offboard-form.tsx';
import { OffboardingStanding } from './offboarding-standing.tsx';

interface OffboardingProps {
  client: ClientAccount;
  /** Somebody wants the client to leave. */
  asked: boolean;
  onClose: () => void;
}

/** How the client leaves: the form that asks for it, then how it stands until the day has come, then what is left to take. */
export function Offboarding({ client, asked, onClose }: OffboardingProps) {
  const { id: agencyId } = useAccount();
  const whyNot = useWhyNot()('clients.write');
  const maybe = client.offboarding !== null || client.state === 'archived';
  const { data } = useQuery({ ...offboardingQuery(agencyId, client.id), enabled: maybe && !whyNot });
  if (asked && client.offboarding === null && client.state === 'active') {
    return (
      <Panel title={texts.offboarding.title}>
        <OffboardForm client={client} onClose={onClose} />
      </Panel>
    );
  }
  if (!maybe || !data || data.state === 'cancelled' || (data.state === 'done' && client.state !== 'archived')) return null;
  return <OffboardingStanding client={client} offboarding={data} />;
}
