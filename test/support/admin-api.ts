import { ADMIN_SCOPES } from '#resources/index.js';
import { AdminContract, type SentToApi } from './admin-contract.js';
import { answerOf, BareClient, type Answer } from './bare-client.js';
import { aMachine } from './given.js';
import type { TestService } from './start-service.js';

/** A JSON object, as bodies of the admin API are. */
export type Json = Readonly<Record<string, unknown>>;

/** One fault that a refusal names (RFC 9457 §3, RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** What of a request differs from the usual. */
export interface CallWish {
  readonly body?: string;
  readonly type?: string;
  /** The whole Authorization header; null for none. */
  readonly authorization?: string | null;
  /** Further headers, such as If-Match. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json';
export const PATCH_TYPE = 'application/merge-patch+json';

const TOKEN_LIFE_SECONDS = 500;

/** A program that administers the service over REST; every answer it gets is held against the OpenAPI document. */
export class AdminApi {
  #token: { value: string; since: number } | undefined;

  private constructor(
    readonly service: TestService,
    readonly machine: BareClient,
    readonly contract: AdminContract,
  ) {}

  /** Registers a client with the given scopes, which acts in its own name. */
  static async of(service: TestService, scopes: readonly string[] = ADMIN_SCOPES): Promise<AdminApi> {
    const client = await aMachine(service, scopes, { defaultResource: `${service.issuer}/api/v1` });
    return new AdminApi(service, new BareClient(service, client), await AdminContract.of(service));
  }

  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const text = new URLSearchParams(query).toString();
    return this.send('GET', text === '' ? path : `${path}?${text}`);
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), type: JSON_TYPE };
    return this.send('POST', path, { ...sent, headers });
  }

  patch(path: string, body: unknown, type = PATCH_TYPE): Promise<Answer> {
    return this.send('PATCH', path, { body: JSON.stringify(body), type });
  }

  delete(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('DELETE', path, { headers });
  }

  /** Creates something that must come about, and answers its body. */
  async made(path: string, body?: unknown): Promise<Json> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`not made but ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** Everything of a list, page by page. */
  async all(path: string, query: Readonly<Record<string, string>> = {}): Promise<Json[]> {
    const items: Json[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { body } = await this.get(path, { ...query, limit: '200', ...(cursor === '' ? {} : { cursor }) });
      items.push(...itemsOf(body));
      cursor = nextOf(body);
    }
    return items;
  }

  /** Sends a request as it is. */
  async send(method: string, path: string, { body, type, authorization, headers }: CallWish = {}): Promise<Answer> {
    const bearer = authorization === undefined ? `Bearer ${await this.token()}` : authorization;
    const response = await fetch(this.service.url(`/api/v1${path}`), {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer === null ? {} : { authorization: bearer }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      // A byte body, so that no media type is added to it.
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const answer = await answerOf(response);
    const sent: SentToApi = { method, path: `/api/v1${path}`, body, type };
    this.contract.check(sent, answer);
    return answer;
  }

  /** An access token that is still good by the clock of the service. */
  async token(): Promise<string> {
    const now = this.service.clock.epochSeconds();
    if (this.#token === undefined || now - this.#token.since > TOKEN_LIFE_SECONDS) {
      const { status, body, text } = await this.machine.ownToken();
      if (status !== 200) throw new Error(`no admin token but ${text}`);
      this.#token = { value: String(body['access_token']), since: now };
    }
    return this.#token.value;
  }
}

/** The items of a page. */
export function itemsOf(body: Json): readonly Json[] {
  return body['items'] as readonly Json[];
}

/** Where the next page starts; undefined on the last one. */
export function nextOf(body: Json): string | undefined {
  return (body['next_cursor'] as string | null) ?? undefined;
}

/** The faults that a refusal names. */
export function faultsOf({ body }: Answer): readonly Fault[] {
  return (body['errors'] as readonly Fault[] | undefined) ?? [];
}

/** The places of the faults that a refusal names, sorted. */
export function pointersOf(answer: Answer): readonly string[] {
  return faultsOf(answer)
    .map(({ pointer }) => pointer)
    .sort();
}
