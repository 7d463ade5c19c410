import type { SearchAttributePair } from '@temporalio/common';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import type { OnboardingState } from '../domain/onboarding.ts';
import { type OnboardClientInput, searchAttributes } from './contract.ts';

/** What operations find by whom it is about. */
export function aboutClient({ agencyId, clientId }: { agencyId: AgencyId; clientId: ClientId }): SearchAttributePair[] {
  return [
    { key: searchAttributes.agency, value: agencyId },
    { key: searchAttributes.client, value: clientId },
  ];
}

/** What operations see of an onboarding, and filter by, from the first moment: for whoever starts one. */
export function describeOnboarding({ agencyId, clientId, source, client, projectId, projectDomain, onLimit }: Omit<OnboardClientInput, 'waiting'>) {
  const attributes: SearchAttributePair[] = [
    ...aboutClient({ agencyId, clientId }),
    { key: searchAttributes.state, value: 'running' satisfies OnboardingState },
    { key: searchAttributes.source, value: source },
  ];
  const project = projectId ?? (projectDomain ? `the unassigned project of ${projectDomain}` : 'no project yet');
  return {
    typedSearchAttributes: attributes,
    staticSummary: `Onboard ${client.name}`,
    staticDetails: [
      `- Client account: ${plainMarkdown(client.name)} (\`${clientId}\`)`,
      `- Agency: \`${agencyId}\``,
      `- Asked for by: ${source}`,
      `- Project: ${project}`,
      `- With no client slot left: ${onLimit === 'wait' ? 'wait for one' : 'refuse'}`,
    ].join('\n'),
  };
}

/** A name is data: it must not become a link or an image where operations read it. */
function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&');
}
