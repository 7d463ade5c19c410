import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';

// The HTML page at `BENCH_PAGE_URL`, asked for once and then given away as a constant by the API's stack with nothing around it.
const { BENCH_PAGE_URL: url } = z.object({ BENCH_PAGE_URL: z.url() }).parse(process.env);
const page = await (await fetch(url)).text();
const app = new Hono();
app.get('/healthz', (c) => c.json({ alive: true }));
app.get('/constant', (c) => c.html(page));

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT']) });
process.once('SIGTERM', () => server.close());
