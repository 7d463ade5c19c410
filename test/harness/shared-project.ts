import type { ClientDetails } from '../../domain/client.ts';
import type { ClientId, ProjectId } from '../../domain/ids.ts';
import type { PlanTerms } from './agency.ts';
import { answers } from './answers.ts';
import type { Answer, TestApi } from './api.ts';
import { read } from './api.ts';
import { activeClient } from './client.ts';
import { makeReady, openProject } from './project.ts';
import { newTenant, type Tenant } from './tenant.ts';

/** A project of a client whose report may be shared. */
export interface ReadyProject {
  tenant: Tenant;
  clientId: ClientId;
  projectId: ProjectId;
  /** Of its sharing, below the agency's. */
  path: string;
}

export async function readyProject(
  api: TestApi,
  {
    tenant,
    clientId,
    client,
    terms,
    domain,
  }: { tenant?: Tenant; clientId?: ClientId; client?: Partial<ClientDetails>; terms?: Partial<PlanTerms>; domain?: string } = {},
): Promise<ReadyProject> {
  const { database } = api;
  const agency = tenant ?? (await newTenant(api, terms));
  const owner = clientId ?? (await activeClient(database, agency.id, client)).clientId;
  const projectId = await openProject(database, agency.id, { clientId: owner, ...(domain && { domain }) });
  await makeReady(database, { agencyId: agency.id, projectId });
  return { tenant: agency, clientId: owner, projectId, path: `/projects/${projectId}/sharing` };
}

export interface SharedLinks {
  portal: string;
  public: string;
  print: string;
  pdf: string;
}

/** Shares a project as an agency does; returns the links it is given. */
export async function shareProject({ tenant, path }: ReadyProject, body: object = {}): Promise<SharedLinks> {
  return linksIn(await tenant.put(path, { enabled: true, ...body }));
}

/** The links of an answer that has some. */
export function linksIn(answer: Answer): SharedLinks {
  if (answer.status !== 200) throw new Error(`it was not shared: ${answer.text}`);
  const { links } = answer.as(answers.sharing);
  if (!links) throw new Error(`there are no links: ${answer.text}`);
  return links;
}

/** Opens a link as whoever has it does, in a browser. */
export async function visit({ app }: TestApi, link: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return read(await app.request(new URL(link).pathname, { method, headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', ...headers } }));
}

/** What each of the links answers, in their order. */
export async function statuses(api: TestApi, links: SharedLinks): Promise<number[]> {
  const answered = await Promise.all([links.portal, links.public, links.print, links.pdf].map((link) => visit(api, link)));
  return answered.map(({ status }) => status);
}
