import { NativeSelect } from '@mantine/core';
import { type UseMutationResult, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../data/me.ts';
import { acceptOwnership, type OwnershipOffer, offerOwnership, ownershipOfferQuery, withdrawOwnershipOffer } from '../data/ownership.ts';
import { membersQuery } from '../data/people.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import explained from './explained.module.css';
import classes from './ownership.module.css';

const t = texts.ownership;

/** The hand-over of the account in its two steps: an owner offers, a member answers. Nobody else is shown any of it. */
export function Ownership() {
  const { id, role } = useAccount();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const { data: offer, error, refetch } = useQuery(ownershipOfferQuery(id));
  // Who is what in the account may be another thing afterwards.
  const act = useMutation({
    mutationFn: (step: () => Promise<unknown>) => step(),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ownershipOfferQuery(id).queryKey }),
        queries.invalidateQueries({ queryKey: membersQuery(id).queryKey }),
        queries.invalidateQueries({ queryKey: meQuery.queryKey }),
      ]),
  });
  if (!offer && role !== 'owner') return null;
  return (
    <Panel title={t.title}>
      {offer ? <Standing offer={offer} isForMe={offer.to.personId === me?.id} act={act} /> : offer === null && <Offer act={act} />}
      {error && !offer && <RefusalNote error={error} onRetry={() => void refetch()} />}
      {act.error && <RefusalNote error={act.error} />}
    </Panel>
  );
}

type Act = UseMutationResult<unknown, Error, () => Promise<unknown>>;

function Standing({ offer: { from, to, formerRole, expiresAt }, isForMe, act }: { offer: OwnershipOffer; isForMe: boolean; act: Act }) {
  const { id } = useAccount();
  const withdraw = () => act.mutate(() => withdrawOwnershipOffer(id));
  return (
    <>
      <p className={explained.lead}>
        {isForMe ? t.offeredToYou(from.name, day(expiresAt)) : t.offered(to.name, day(expiresAt))} {t.afterwards(from.name, texts.people.roles[formerRole])}
      </p>
      <div className={classes.answers}>
        {isForMe && (
          <ActionButton loading={act.isPending} onClick={() => act.mutate(() => acceptOwnership(id))}>
            {t.accept}
          </ActionButton>
        )}
        <ActionButton variant="default" loading={act.isPending} onClick={withdraw}>
          {isForMe ? t.decline : t.withdraw}
        </ActionButton>
      </div>
    </>
  );
}

function Offer({ act }: { act: Act }) {
  const { id } = useAccount();
  const { data } = useInfiniteQuery(membersQuery(id));
  const others = data?.pages.flatMap(({ items }) => items).filter(({ role }) => role !== 'owner') ?? [];
  const [chosen, setChosen] = useState('');
  const [formerRole, setFormerRole] = useState<OwnershipOffer['formerRole']>('admin');
  const to = others.find(({ personId }) => personId === chosen);
  const whyNot = data && others.length === 0 ? t.nobody : to ? undefined : t.chooseFirst;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to) act.mutate(() => offerOwnership(id, { personId: to.personId, formerRole }));
      }}
    >
      <p className={explained.lead}>{t.explained}</p>
      <div className={classes.offer}>
        <NativeSelect
          label={t.to}
          value={to?.personId ?? ''}
          data={[{ value: '', label: t.choose }, ...others.map(({ personId, name, email }) => ({ value: personId, label: `${name}, ${email}` }))]}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <NativeSelect
          label={t.formerRole}
          value={formerRole}
          data={(['admin', 'owner'] as const).map((value) => ({ value, label: texts.people.roles[value] }))}
          onChange={({ currentTarget }) => setFormerRole(currentTarget.value === 'owner' ? 'owner' : 'admin')}
        />
        <ActionButton type="submit" variant="default" whyNot={whyNot} loading={act.isPending}>
          {t.offer}
        </ActionButton>
      </div>
    </form>
  );
}
