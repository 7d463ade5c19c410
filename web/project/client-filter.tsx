import { useQuery } from '@tanstack/react-query';
import { ClientPicker } from '../client/client-picker.tsx';
import { clientQuery } from '../data/clients.ts';
import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';

const t = texts.projects;

interface ClientFilterProps {
  /** The id of the client, as the address has it. */
  client: string | undefined;
  onChoose: (client: string | undefined) => void;
}

/** The projects of one client alone. */
export function ClientFilter({ client, onChoose }: ClientFilterProps) {
  const { id: agencyId } = useAccount();
  const { data } = useQuery({ ...clientQuery(agencyId, client ?? ''), enabled: client !== undefined });
  const chosen = client === undefined ? null : { id: client, name: data?.name ?? '' };
  return <ClientPicker agencyId={agencyId} aria-label={t.ofClient} size="xs" none={t.anyClient} value={chosen} onChange={(picked) => onChoose(picked?.id)} />;
}
