import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { OidcProvider } from '../../api/auth/identity.ts';
import { publicUrl } from './public-url.ts';

/** What the provider says of somebody. */
export interface Claims {
  email: string;
  email_verified: boolean;
  name: string;
}

/** An OpenID Connect provider on this machine: whoever signs in there is who they say they are. */
export interface IdentityProvider extends AsyncDisposable {
  settings: OidcProvider;
  /** By subject. */
  people: Map<string, Claims>;
  /** Signs in there as this subject, as a person's browser does, and answers where it is sent back to. */
  signIn(authorizationUrl: string, subject: string): Promise<URL>;
}

/** @param foyerUrl where it sends people back to */
export async function openIdentityProvider(foyerUrl = publicUrl): Promise<IdentityProvider> {
  const people = new Map<string, Claims>();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const client = { client_id: 'foyer', client_secret: 'a secret of the tests', redirect_uris: [`${foyerUrl}/api/auth/callback/oidc`] };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
    cookies: { keys: ['a key of the tests'] },
  });
  server.on('request', provider.callback());
  return {
    settings: { issuer, clientId: client.client_id, clientSecret: client.client_secret },
    people,
    signIn: (authorizationUrl, subject) => walkThrough(authorizationUrl, issuer, subject),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Follows redirects and submits the provider's two forms, the name and the consent, until it leads away from the provider. */
async function walkThrough(authorizationUrl: string, issuer: string, subject: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let [url, form]: [URL, URLSearchParams | undefined] = [new URL(authorizationUrl), undefined];
  while (url.origin === issuer) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(url, { redirect: 'manual', headers, ...(form && { method: 'POST', body: form }) });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    if (!location && !(action && prompt)) throw new Error(`the provider answered ${response.status} ${page}`);
    form = location ? undefined : new URLSearchParams({ prompt: prompt ?? '', login: subject, password: 'any' });
    url = new URL(location ?? action ?? '', url);
  }
  return url;
}
