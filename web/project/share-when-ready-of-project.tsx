import { useQuery } from '@tanstack/react-query';
import { clientQuery } from '../data/clients.ts';
import { useFollowedOnboarding } from '../data/follow-onboarding.ts';
import { useAccount } from '../frame/account.tsx';
import { ShareWhenReady } from '../onboarding/share-when-ready.tsx';
import classes from './share-when-ready-of-project.module.css';

/** The choice of the onboarding that the client of a project is in, if it is in one. */
export function ShareWhenReadyOfProject({ clientId }: { clientId: string }) {
  const { id: agencyId } = useAccount();
  const { data: client } = useQuery(clientQuery(agencyId, clientId));
  const onboarding = useFollowedOnboarding(agencyId, client?.onboarding?.id);
  if (!onboarding) return null;
  return (
    <div className={classes.choice}>
      <ShareWhenReady onboarding={onboarding} />
    </div>
  );
}
