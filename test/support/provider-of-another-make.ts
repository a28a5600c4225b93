import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type Context, type Grant } from 'oidc-provider';

const SCOPE = 'openid email profile';

/** What a client may look like there. */
export interface ClientThere {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uris: readonly string[];
}

/** A provider of another make (the package `oidc-provider`) on this machine, where whoever comes is signed in at once. */
export class ProviderOfAnotherMake {
  /** What the provider says of each account; the test may change it. */
  readonly accounts = new Map<string, Record<string, unknown>>();
  /** The account of whoever comes next. */
  next = '';
  private readonly clients: ClientThere[] = [];
  private provider: Provider | undefined;
  private keys: readonly object[] = [];

  private constructor(
    private readonly server: Server,
    readonly host: string,
  ) {}

  static async start(): Promise<ProviderOfAnotherMake> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new ProviderOfAnotherMake(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    started.keys = [{ ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' }];
    server.on('request', (request, response) => void started.answer(request, response));
    return started;
  }

  get issuer(): string {
    return `http://${this.host}`;
  }

  /** Registers a client there. */
  register(client: ClientThere): void {
    this.clients.push(client);
    this.provider = new Provider(this.issuer, this.configuration());
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.provider === undefined) response.writeHead(404).end();
    else if (request.url?.startsWith('/interaction/') !== true) this.provider.callback()(request, response);
    else await this.provider.interactionFinished(request, response, { login: { accountId: this.next } });
  }

  private configuration(): object {
    return {
      clients: this.clients,
      jwks: { keys: this.keys },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      loadExistingGrant: allowed,
      findAccount: (_context: Context, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.accounts.get(id) }),
      }),
    };
  }
}

/** Everything is allowed there without a question. */
async function allowed({ oidc: { provider, session, client } }: Context): Promise<Grant> {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(SCOPE);
  await grant.save();
  return grant;
}
