import type { ClientProject } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';

const t = texts.project;
const surfaces = ['portal', 'report', 'pdf'] as const;

/** The report as its client would see it, before anything is shared; nothing where there is no report yet. */
export function PreviewLinks({ agencyId, project }: { agencyId: string; project: ClientProject }) {
  if (project.badges.report.value === 'no_report') return null;
  return surfaces.map((surface) => (
    <a key={surface} href={`/v1/agencies/${agencyId}/projects/${project.id}/preview/${surface}`} target="_blank" rel="noreferrer">
      {t.preview[surface]}
    </a>
  ));
}
