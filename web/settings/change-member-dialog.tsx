import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeMember, type Member, type MemberChange, membersQuery } from '../data/people.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { offerUndo } from '../undo/offer-undo.tsx';
import { type Access, AccessFields, whyNotGiven } from './access-fields.tsx';

const t = texts.people;

export interface ChangeMemberDialogProps {
  member: Member;
  onClose: () => void;
}

/** Gives a member another role, or shows them other clients. An owner is made in two steps, so becoming one is not among the roles. */
export function ChangeMemberDialog({ member: { personId, name, role, clientIds }, onClose }: ChangeMemberDialogProps) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const [access, setAccess] = useState<Access>({ role, clientIds });
  const become = async (next: Access) => {
    await changeMember(id, personId, changeTo(next));
    await queries.invalidateQueries({ queryKey: membersQuery(id).queryKey });
  };
  const save = useMutation({
    mutationFn: become,
    onSuccess: () => {
      // What an owner was cannot be given back so: it is offered and accepted.
      if (role !== 'owner') offerUndo(t.changed(name), () => become({ role, clientIds }));
      onClose();
    },
  });
  const unchanged = access.role === role && JSON.stringify(access.clientIds) === JSON.stringify(clientIds) ? t.changeFirst : undefined;
  const submit = (
    <ActionButton type="submit" whyNot={unchanged ?? whyNotGiven(access)} loading={save.isPending}>
      {texts.client.save}
    </ActionButton>
  );
  return (
    <Dialog title={t.changeOf(name)} leave={texts.client.cancel} submit={submit} onSubmit={() => save.mutate(access)} onClose={onClose}>
      <AccessFields roles={role === 'owner' ? ['owner', 'admin', 'viewer'] : ['admin', 'viewer']} value={access} onChange={setAccess} />
      {role === 'owner' && access.role !== 'owner' && <p>{t.noOwnerAnyMore}</p>}
      {save.error && <RefusalNote error={save.error} />}
    </Dialog>
  );
}

function changeTo({ role, clientIds }: Access): MemberChange {
  return { ...(role !== 'owner' && { role }), clientIds };
}
