import { resolve } from 'node:path';

export interface Settings {
  /** Absolute; keeps everything. */
  home: string;
  port: number;
  temporalUiPort: number;
  /** An administrator's URL of a server to use instead of the embedded Postgres. */
  databaseUrl: string | undefined;
  /** A Temporal server to use instead of the embedded one. */
  temporalAddress: string | undefined;
  temporalNamespace: string;
  /** A mail server to send by; without one mail stays in the home, and is shown. */
  smtp: { url: string; from: string } | undefined;
  /** Where the UI of the Temporal server is, when that is not ours. */
  temporalUiUrl: string | undefined;
}

/** Reads the environment. Throws one sentence for people when a port is none. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const settings = {
    home: resolve(given(env, 'FOYER_HOME') ?? '.foyer'),
    port: readPort(env, 'PORT', 3000),
    temporalUiPort: readPort(env, 'TEMPORAL_UI_PORT', 8233),
    databaseUrl: given(env, 'DATABASE_URL'),
    temporalAddress: given(env, 'TEMPORAL_ADDRESS'),
    temporalNamespace: given(env, 'TEMPORAL_NAMESPACE') ?? 'default',
    smtp: readSmtp(env),
    temporalUiUrl: given(env, 'FOYER_TEMPORAL_UI_URL'),
  };
  if (settings.port === settings.temporalUiPort) throw new Error(`PORT and TEMPORAL_UI_PORT are both ${settings.port}; give them different ports.`);
  return settings;
}

function readPort(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = given(env, name);
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} is ${JSON.stringify(text)}, which is not a port; give a number from 1 to 65535.`);
}

function readSmtp(env: NodeJS.ProcessEnv): Settings['smtp'] {
  const url = given(env, 'SMTP_URL');
  return url === undefined ? undefined : { url, from: given(env, 'MAIL_FROM') ?? 'Foyer <no-reply@localhost>' };
}

function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}
