import { useAccount } from '../frame/account.tsx';
import { BrandSettings } from './brand-settings.tsx';

/** `/settings/brand`: what clients see as the agency's own. */
export function BrandPage() {
  const { id } = useAccount();
  return <BrandSettings owner={{ agencyId: id }} />;
}
