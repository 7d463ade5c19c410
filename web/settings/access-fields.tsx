import { NativeSelect } from '@mantine/core';
import type { Role } from '../../domain/permission.ts';
import { ClientsPicker } from '../client/clients-picker.tsx';
import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';

const t = texts.people;

/** What somebody is to be in the account, and which clients they are to see: null for all. */
export interface Access {
  role: Role;
  clientIds: string[] | null;
}

interface AccessFieldsProps {
  /** What may be chosen. */
  roles: readonly Role[];
  value: Access;
  onChange: (access: Access) => void;
}

/** A role, and for whoever is no owner of an agency the clients that they see. */
export function AccessFields({ roles, value: { role, clientIds }, onChange }: AccessFieldsProps) {
  const { id, kind } = useAccount();
  const become = (chosen: string) => {
    const next = roles.find((known) => known === chosen) ?? role;
    onChange({ role: next, clientIds: next === 'owner' ? null : clientIds });
  };
  return (
    <>
      <NativeSelect
        label={t.role}
        value={role}
        data={roles.map((value) => ({ value, label: t.roles[value] }))}
        onChange={({ currentTarget }) => become(currentTarget.value)}
      />
      {kind === 'agency' && role !== 'owner' && (
        <NativeSelect
          label={t.sees}
          value={clientIds ? 'some' : 'all'}
          data={[
            { value: 'all', label: t.allClients },
            { value: 'some', label: t.onlySome },
          ]}
          onChange={({ currentTarget }) => onChange({ role, clientIds: currentTarget.value === 'some' ? (clientIds ?? []) : null })}
        />
      )}
      {clientIds && <ClientsPicker agencyId={id} label={t.theseClients} value={clientIds} onChange={(chosen) => onChange({ role, clientIds: chosen })} />}
    </>
  );
}

/** Why such access cannot be given yet. */
export function whyNotGiven({ clientIds }: Access): string | undefined {
  return clientIds?.length === 0 ? t.chooseClients : undefined;
}
