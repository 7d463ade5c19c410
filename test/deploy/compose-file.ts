import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);

/** A file of the repository. */
export function readRepositoryFile(path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(path, root)), 'utf8');
}

/** The compose file as YAML has it, its variables not yet filled in. */
export async function readComposeFile(): Promise<unknown> {
  return parse(await readRepositoryFile('docker-compose.yml'), { merge: true });
}

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  stop_grace_period: z.string().optional(),
  restart: z.string().optional(),
  volumes: z.array(z.string()).default([]),
});

export type Service = z.infer<typeof service>;

/** The parts of it that the tests look at. */
export async function readServices(): Promise<Record<string, Service>> {
  return z.object({ services: z.record(z.string(), service) }).parse(await readComposeFile()).services;
}

/** The environment variables that the compose file asks for, `${NAME}` in any form. */
export async function askedVariables(): Promise<Set<string>> {
  const text = await readRepositoryFile('docker-compose.yml');
  return new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].flatMap(([, name]) => (name ? [name] : [])));
}

/** The variables that `.env.example` names, with what it gives them. */
export async function exampleVariables(): Promise<Map<string, string>> {
  const lines = (await readRepositoryFile('.env.example')).split('\n').filter((line) => /^[A-Z]/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as Compose does. */
export function fillIn(environment: Record<string, string>, variables: ReadonlyMap<string, string>): Record<string, string> {
  const filled = (value: string) =>
    value.replace(/\$\{([A-Z_]+)(?::(-|\?)([^}]*))?\}/g, (_, name: string, operator: string | undefined, rest: string | undefined) => {
      const given = variables.get(name);
      if (given) return given;
      if (operator === '-') return rest ?? '';
      throw new Error(`${name} is not given: ${rest ?? ''}`);
    });
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
}
