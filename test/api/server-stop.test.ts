import { expect, test } from 'vitest';
import { derivedId } from '../../api/derived-id.ts';
import { onboardingWorkflowId } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { answers } from '../harness/answers.ts';
import { type ApiRequest, initOf, read } from '../harness/api.ts';
import { testDatabase } from '../harness/database.ts';
import { readEventStream, streamHeaders, streamPath } from '../harness/event-stream.ts';
import { type ApiProcess, newSetting, startApiProcess } from '../harness/processes.ts';
import { temporalClient } from '../harness/temporal.ts';
import { openKey } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const database = await testDatabase();
const temporal = await temporalClient();

const send = ({ url }: ApiProcess, request: ApiRequest) => fetch(url + request.path, initOf(request));

test('a process that is told to stop ends its streams, answers what is under way, takes nothing new and is gone', async () => {
  const agencyId = await openAgency(database);
  const key = await openKey(database, agencyId);
  await using server = await startApiProcess(newSetting(database.urls));
  const onboard = (name: string, headers: Record<string, string>): ApiRequest => ({
    method: 'POST',
    path: `/v1/agencies/${agencyId}/clients`,
    key,
    body: { name },
    headers,
  });
  const { onboarding } = (await read(await send(server, onboard('Followed', { prefer: 'respond-async' })))).as(answers.accepted);
  const of = { agencyId, key, onboardingId: onboarding.id };
  const stream = readEventStream(await fetch(server.url + streamPath(of), { headers: streamHeaders(of) }));
  await stream.next();

  // No worker: it waits its five seconds, and looks at the database meanwhile.
  const underWay = send(server, onboard('Under way', { 'idempotency-key': 'one' }));
  const workflow = temporal.workflow.getHandle(onboardingWorkflowId(agencyId, derivedId('onboarding', agencyId, 'one')));
  await until('Temporal has it', () => workflow.describe().catch(() => undefined));
  const stopped = server.stop();
  expect(await stream.next()).toBeUndefined();
  expect(await read(await underWay)).toMatchObject({ status: 202 });
  const answeredAt = performance.now();
  expect(await stopped).toBe('code 0');
  // Sooner than a connection that is kept for the next request times out.
  expect(performance.now() - answeredAt).toBeLessThan(2_500);
  await expect(send(server, { method: 'GET', path: '/healthz' })).rejects.toThrow();
});
