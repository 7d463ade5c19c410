import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { createLogoFetcher, type LogoFetcherOptions, largestLogoBytes } from '../../api/logo/fetch-logo.ts';
import { type Destination, isPublicHttps } from '../../api/logo/public-address.ts';
import { Refused } from '../../api/refused.ts';
import { selfSigned } from '../harness/certificate.ts';
import { svgLogo } from '../harness/logo.ts';

const certificate = selfSigned();
const picture = Buffer.from(svgLogo());

/** Every request that reached the servers of this file. */
const reached: string[] = [];

async function listen(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  afterAll(() => new Promise((closed) => server.close(closed)));
  return (server.address() as AddressInfo).port;
}

const answers: RequestListener = (request, response) => {
  const url = request.url ?? '';
  reached.push(`${request.headers.host}${url}`);
  const redirect = new URL(url, 'https://x').searchParams.get('to');
  if (redirect !== null) return response.writeHead(302, { location: redirect }).end();
  if (url === '/logo.svg') return response.end(picture);
  if (url === '/largest') return response.end(Buffer.alloc(largestLogoBytes, 'x'));
  if (url === '/too-large') return response.end(Buffer.alloc(largestLogoBytes + 1, 'x'));
  if (url === '/lies') return response.writeHead(200, { 'content-length': String(largestLogoBytes * 2) }).write('x');
  if (url === '/zipped') return response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
  if (url === '/silent') return undefined;
  if (url === '/drips') return drip(response);
  if (url === '/headers') return response.end(JSON.stringify(request.headers));
  return response.writeHead(Number(url.slice(1))).end('x');
};

/** A byte now and then, for ever. */
function drip(response: Parameters<RequestListener>[1]): void {
  const timer = setInterval(() => response.write('x'), 20);
  response.on('close', () => clearInterval(timer));
}

const port = await listen(createServer(certificate, answers), '127.0.0.1');
const elsewhere = await listen(createServer(certificate, answers), '127.0.0.1');
const plainPort = await listen(createHttpServer(answers), '127.0.0.1');
const origin = `https://127.0.0.1:${port}`;

const isOurs = ({ address, port: to }: Destination) => address === '127.0.0.1' && to === port;
/** The guard as it is, but for one server of this file, which stands for one on the public internet. */
const realButForOurs: LogoFetcherOptions = { mayReach: (to) => isOurs(to) || isPublicHttps(to), ca: certificate.cert };
const fetchLogo = createLogoFetcher(realButForOurs);

async function refusalOf(url: string, options = realButForOurs): Promise<string> {
  const error: unknown = await createLogoFetcher(options)(url).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error, url).toBeInstanceOf(Refused);
  if (!(error instanceof Refused)) throw error;
  expect(error.refusal.code).toBe('LOGO_UNSAFE');
  return error.refusal.detail ?? '';
}

describe('a logo', () => {
  test('is fetched over https, through redirects to where it may go', async () => {
    expect(await fetchLogo(`${origin}/logo.svg`)).toEqual(picture);
    expect(await fetchLogo(`${origin}/?to=/logo.svg`)).toEqual(picture);
    expect(await fetchLogo(`https://localhost:${port}/?to=${origin}/logo.svg`)).toEqual(picture);
  });

  test('is asked for without a word about who asks, and never encoded', async () => {
    const headers = JSON.parse((await fetchLogo(`${origin}/headers`)).toString());
    expect(Object.keys(headers).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
    expect(headers['accept-encoding']).toBe('identity');
  });

  test('may be as large as a logo may be, and not a byte more', async () => {
    expect(await fetchLogo(`${origin}/largest`)).toHaveLength(largestLogoBytes);
    expect(await refusalOf(`${origin}/too-large`)).toContain('could not be fetched');
  });

  test('that does not come is not waited for', async () => {
    const impatient = { ...realButForOurs, timeoutMs: 200 };
    for (const path of ['/silent', '/drips', '/lies']) expect(await refusalOf(origin + path, impatient)).toContain('could not be fetched');
  });

  test.each([204, 206, 304, 400, 404, 500])('is none when the answer is %d', async (status) => {
    expect(await refusalOf(`${origin}/${status}`)).toContain('could not be fetched');
  });

  test('is refused encoded', async () => {
    expect(await refusalOf(`${origin}/zipped`)).toContain('could not be fetched');
  });

  test.each([
    'http://localhost/logo.svg',
    'ftp://localhost/logo.svg',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:0',
    '//localhost/x',
    'x',
    '',
  ])('is refused at %j, which is not https', async (url) => {
    expect(await refusalOf(url)).toContain('https://');
  });

  test('is refused with a password in its address', async () => {
    expect(await refusalOf(`https://user:secret@127.0.0.1:${port}/logo.svg`)).toContain('password');
  });

  test('is refused from a server that does not prove who it is', async () => {
    expect(await refusalOf(`${origin}/logo.svg`, { mayReach: isOurs })).toContain('could not be fetched');
  });
});

describe('a redirect', () => {
  test('to another server is checked like the first address: it is never connected to', async () => {
    const inside = ['https://169.254.169.254/latest/meta-data/', 'https://10.0.0.1/logo.svg', 'https://localhost/logo.svg', 'https://[fd00:ec2::254]/'];
    const here = [`https://127.0.0.1:${elsewhere}/logo.svg`, `https://localhost:${elsewhere}/logo.svg`, `https://[::1]:${port}/logo.svg`];
    for (const to of [...here, ...inside]) {
      const before = reached.length;
      expect(await refusalOf(`${origin}/?to=${encodeURIComponent(to)}`)).toContain('could not be fetched');
      expect(reached.slice(before)).toHaveLength(1);
    }
  });

  test.each([`http://127.0.0.1:${plainPort}/logo.svg`, 'file:///etc/passwd', 'data:image/svg+xml,<svg/>'])('to %s ends there', async (to) => {
    const before = reached.length;
    expect(await refusalOf(`${origin}/?to=${encodeURIComponent(to)}`)).toContain('https://');
    expect(reached.slice(before)).toHaveLength(1);
  });

  test('without end ends', async () => {
    expect(await refusalOf(`${origin}/?to=${encodeURIComponent('/?to=%2F%3Fto%3D%252F%253Fto%253D%25252F%25253Fto%25253D%2525252Flogo.svg')}`)).toContain(
      'redirects',
    );
  });
});

describe('the guard as it is', () => {
  test.each([
    '127.0.0.1',
    '127.1.2.3',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '100::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('does not reach %s', (address) => {
    expect(isPublicHttps({ address, port: 443 })).toBe(false);
  });

  test.each(['1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])('reaches %s, by https alone', (address) => {
    expect(isPublicHttps({ address, port: 443 })).toBe(true);
    for (const other of [22, 80, 5432, 8443]) expect(isPublicHttps({ address, port: other })).toBe(false);
  });

  test.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://①②⑦.0.0.1/',
  ])('is not fooled by %s', async (url) => {
    expect(await refusalOf(url, {})).toContain('could not be fetched');
  });

  test("does not reach this file's own server, whatever it is called", async () => {
    const before = reached.length;
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) await refusalOf(`https://${host}:${port}/logo.svg`, { ca: certificate.cert });
    expect(reached).toHaveLength(before);
  });
});
