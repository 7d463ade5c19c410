import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';

/** The onboarding as operators see it; nothing for whoever is not shown where that is. */
export function InTemporal({ workflowId, className }: { workflowId: string; className?: string | undefined }) {
  const { workflowsUrl } = useAccount();
  if (!workflowsUrl) return null;
  return (
    <a className={className} href={`${workflowsUrl}/${encodeURIComponent(workflowId)}`} target="_blank" rel="noreferrer">
      {texts.client.operations}
    </a>
  );
}
