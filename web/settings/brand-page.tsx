import { useAccount } from '../frame/account.tsx';
import { AgencyAccountRequired } from '../frame/agency-account-required.tsx';
import { BrandSettings } from './brand-settings.tsx';

/** `/settings/brand`: what clients see as the agency's own. */
export function BrandPage() {
  const { id, kind } = useAccount();
  if (kind === 'direct') return <AgencyAccountRequired />;
  return <BrandSettings owner={{ agencyId: id }} />;
}
