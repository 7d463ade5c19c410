import { connection } from './connection.ts';

/** The server was not reached, or something between here and there answered in its place. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** `fetch`, which also tells whether the server was reached. Throws `Unreachable`, and what an abort throws. */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(input, init);
    connection.reached();
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    connection.missed();
    throw new Unreachable();
  }
}
