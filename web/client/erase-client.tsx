import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ClientAccount, eraseClient } from '../data/clients.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import { sayDone } from '../undo/offer-undo.tsx';

const t = texts.client;

/** Erases an archived client for good, by an owner, once its retention is over; until then it says from when on. */
export function EraseClient({ client: { id: clientId, name, erasableFrom } }: { client: ClientAccount }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot()('clients.erase');
  const erase = async () => {
    await eraseClient(agencyId, clientId, name);
    await navigate({ to: '/clients' });
    sayDone(t.erased(name));
    await refreshAgency(queries, agencyId);
  };
  const kept = erasableFrom && Date.parse(erasableFrom) > Date.now() ? t.keptUntil(day(erasableFrom)) : undefined;
  return <ConfirmedAction action={t.erase} whyNot={whyNot ?? kept} explained={t.eraseExplained} name={name} act={erase} />;
}
