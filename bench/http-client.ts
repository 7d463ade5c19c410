import { Agent, type RequestOptions, request } from 'node:http';

export interface Answer {
  status: number;
  body: string;
}

/**
 * Posts JSON over connections that stay open. `fetch` would do, but costs a millisecond of its own, which would be counted as the API's.
 */
export function createPoster(url: string, headers: Record<string, string>): (body: object, more: Record<string, string>) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true });
  return (body, more) => send(url, { agent, method: 'POST', headers: { 'content-type': 'application/json', ...headers, ...more } }, JSON.stringify(body));
}

/** Gets pages over connections that stay open; fails for one that is not answered with 200. */
export function createReader(headers: Record<string, string>): (url: string) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true });
  return async (url) => {
    const answer = await send(url, { agent, headers });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${answer.body}`);
    return answer;
  };
}

function send(url: string, options: RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
