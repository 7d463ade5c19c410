import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { constantPage } from './constant-page.ts';

// A page as a constant from the API's stack with nothing around it: what answering would cost if there were only the bytes.
const page = await constantPage();
const app = new Hono();
app.get('/healthz', (c) => c.json({ alive: true }));
app.get('/constant', (c) => (typeof page === 'string' ? c.html(page) : c.json(page)));

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT']) });
process.once('SIGTERM', () => server.close());
