import type { QueryClient } from '@tanstack/react-query';
import { mailProviders } from '../../domain/mail-provider.ts';
import { findLookalikes, type Lookalike } from '../data/duplicates.ts';
import { Refused } from '../data/problem.ts';
import { projectQuery } from '../data/projects.ts';

interface Asked {
  name: string;
  contactEmail: string;
  externalReference: string;
  projectId: string | null;
}

/** Clients that may be the one that is asked for: by its name, its reference, and the domain of its project or else of its contact. */
export async function lookForLookalikes(queries: QueryClient, agencyId: string, asked: Asked): Promise<Lookalike[]> {
  const name = asked.name.trim();
  const reference = asked.externalReference.trim();
  const domain = asked.projectId
    ? (await queries.fetchQuery({ ...projectQuery(agencyId, asked.projectId), retry: false })).domain
    : domainOf(asked.contactEmail);
  if (!name) return [];
  try {
    return await findLookalikes(agencyId, { name, ...(reference && { reference }), ...(domain && { domain }) });
  } catch (error) {
    // What cannot be accepted is told of the fields themselves, by the request that creates.
    if (error instanceof Refused && error.problem.code === 'VALIDATION_FAILED') return [];
    throw error;
  }
}

function domainOf(contactEmail: string): string | undefined {
  const domain = contactEmail.trim().toLowerCase().split('@')[1];
  return domain?.includes('.') && !mailProviders.includes(domain) ? domain : undefined;
}
