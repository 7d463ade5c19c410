import { serve } from '@hono/node-server';
import { Hono } from 'hono';

// Answers every request with the page of `BENCH_BODY_URL`, asked for once: what the API's stack could do if the data were at hand.
const { BENCH_BODY_URL: url = '', BENCH_BODY_KEY: key = '', PORT: port = '0' } = process.env;
const body = await (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text();

const app = new Hono();
app.get('/healthz', (c) => c.text('ok'));
const page: object = JSON.parse(body);
app.get('/', (c) => c.json(page));
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
process.once('SIGTERM', () => server.close());
