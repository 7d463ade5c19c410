import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { seedDemo } from '../../dev/demo.ts';
import { testApi } from '../harness/api.ts';
import { frontDoor } from '../harness/front-door.ts';

const api = await testApi();

const clients = z.object({ items: z.array(z.object({ name: z.string(), projectCount: z.number() })) });

test('the demonstration is made where each onboarding is answered before it has a client, as on a slow machine, and again by a seed that is run again', async () => {
  const door = await frontDoor();
  onTestFinished(() => door[Symbol.asyncDispose]());
  const statuses: number[] = [];
  door.open({
    async fetch(request) {
      const onboards = request.method === 'POST' && new URL(request.url).pathname.endsWith('/clients');
      // What the API answers by itself when no decision comes in time.
      if (onboards) request.headers.set('prefer', 'respond-async');
      const answer = await api.app.fetch(request);
      if (onboards) statuses.push(answer.status);
      return answer;
    },
  });
  const target = { url: door.url, operatorKey: api.operatorKey };

  const demo = await seedDemo(target);
  expect(statuses).toEqual([202, 202, 202, 202, 202]);
  const { id, apiKey } = demo.agency;
  const list = await api.send({ method: 'GET', path: `/v1/agencies/${id}/clients`, key: apiKey });
  const projects = Object.fromEntries(list.as(clients).items.map(({ name, projectCount }) => [name, projectCount]));
  expect(projects).toMatchObject({ 'Acme GmbH': 2, 'Birch Ltd': 1, 'Cedar Clinics': 1, 'Foxglove Gardens': 1 });
  expect(await seedDemo(target)).toEqual(demo);
});
