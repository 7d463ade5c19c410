export const projectShows = ['unassigned', 'blocked'] as const;

/** Which projects are shown, as the address says it. */
export interface ProjectView {
  query?: string | undefined;
  /** The id of the client whose projects alone are shown. */
  client?: string | undefined;
  show?: (typeof projectShows)[number] | undefined;
}
