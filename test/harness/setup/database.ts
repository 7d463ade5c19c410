import type { TestProject } from 'vitest/node';
import { postgresOfRun } from './postgres.ts';

/** For kinds that need Postgres alone. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('postgres', await postgresOfRun(project.vitest));
}
