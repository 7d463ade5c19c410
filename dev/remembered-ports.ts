import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { freePort } from './ports.ts';

const portsSchema = z.object({ postgres: z.number().optional(), temporal: z.number().optional() });
type Ports = z.infer<typeof portsSchema>;

export interface RememberedPorts {
  /** The port of last time where it is free, else another one, remembered from now on. */
  choose(name: keyof Ports): Promise<number>;
}

/** Ports that nobody needs to know beforehand, kept in `file` so that addresses stay the same from start to start. */
export function rememberPorts(file: string): RememberedPorts {
  let chosen: Promise<Ports> = readJsonFile(file, portsSchema).then((ports) => ports ?? {});
  return {
    async choose(name) {
      // One after the other, so that two at once neither overwrite each other nor get the same port.
      chosen = chosen.then(async (ports) => {
        const next = { ...ports, [name]: await freePort(ports[name]) };
        await writeJsonFile(file, next);
        return next;
      });
      const port = (await chosen)[name];
      if (port === undefined) throw new Error(`No port was chosen for ${name}.`);
      return port;
    },
  };
}
