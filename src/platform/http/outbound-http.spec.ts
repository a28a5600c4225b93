import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IssuerKind, IssuerSettings, OutboundSettings, type OutboundTarget } from '#platform/config/index.js';
import type { HostAddress } from './outbound-addresses.js';
import { HostNames, SystemHostNames } from './host-names.js';
import { GuardedHttp, OutboundLimits } from './outbound-http.js';

const certificate = (name: string) =>
  fileURLToPath(new URL(`../../../test/support/certificates/${name}`, import.meta.url));
const TLS = { key: readFileSync(certificate('localhost.key.pem')), cert: readFileSync(certificate('localhost.pem')) };
const JSON_ONLY = ['application/json'];

/** Answers each question with the next list of addresses, and counts the questions. */
class FakeHostNames extends HostNames {
  readonly asked: string[] = [];

  constructor(private readonly answers: readonly (readonly string[])[]) {
    super();
  }

  addressesOf(host: string): Promise<readonly HostAddress[]> {
    const addresses = this.answers[this.asked.length] ?? [];
    this.asked.push(host);
    return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }
}

class SilentHostNames extends HostNames {
  addressesOf(): Promise<never> {
    return new Promise(() => undefined);
  }
}

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage[];
let server: Server;
let port: number;

function json(response: ServerResponse, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
}

beforeEach(async () => {
  requests = [];
  answer = (_request, response) => {
    json(response, '{}');
  };
  server = createServer(TLS, (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Given {
  readonly hosts?: HostNames;
  readonly allow?: readonly OutboundTarget[];
  readonly caFile?: string | undefined;
  readonly kind?: IssuerKind;
  readonly limits?: { milliseconds: number; bytes: number };
}

function door(given: Given = {}): GuardedHttp {
  const { hosts = new SystemHostNames(), limits = { milliseconds: 5000, bytes: 1000 }, kind = 'test' } = given;
  const allow = given.allow ?? [{ kind: 'network', network: '127.0.0.0/8' }];
  const caFile = 'caFile' in given ? given.caFile : certificate('ca.pem');
  const settings = new OutboundSettings({ allow, ...(caFile === undefined ? {} : { caFile }) });
  const issuer = { issuer: 'https://op.test', origin: 'https://op.test', kind, secure: true, basePath: '' };
  return new GuardedHttp(hosts, Object.assign(new OutboundLimits(), limits), settings, new IssuerSettings(issuer));
}

const local = (path = '/jwks') => `https://127.0.0.1:${port}${path}`;
const detailOf = async (asked: Promise<{ outcome: string }>): Promise<unknown> => {
  const failed = await asked;
  return 'detail' in failed ? failed.detail : failed.outcome;
};

describe('the way out', () => {
  it('asks for a document, with nothing that says who asks', async () => {
    answer = (_request, response) => {
      json(response, '{"a":1}', { 'content-type': 'Application/JSON; charset=utf-8', 'set-cookie': 'a=b' });
    };
    const http = door();
    for (let time = 0; time < 2; time += 1) {
      expect(await http.get(local('/jwks?tenant=1'), JSON_ONLY)).toEqual({
        outcome: 'answered',
        body: Buffer.from('{"a":1}'),
      });
    }
    const [request, again] = requests;
    expect(request?.url).toBe('/jwks?tenant=1');
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].sort(),
    );
    expect(request?.headers).toMatchObject({ accept: 'application/json', host: `127.0.0.1:${port}` });
    expect(again?.headers.cookie).toBeUndefined();
  });

  it('leads to https alone, and to URLs without credentials or a trailing dot', async () => {
    const hosts = new FakeHostNames([]);
    for (const url of ['http://rp.example/', 'ftp://rp.example/', 'file:///etc/passwd', 'data:,x', 'rp.example', '']) {
      expect(await detailOf(door({ hosts }).get(url, JSON_ONLY))).toBe('it is not an https URL');
    }
    expect(await detailOf(door({ hosts }).get('https://u:p@rp.example/', JSON_ONLY))).toBe('the URL has credentials');
    expect(await detailOf(door({ hosts }).get('https://rp.example./', JSON_ONLY))).toBe('the host ends with a dot');
    expect(hosts.asked).toEqual([]);
  });

  it.each([
    ['decimal', (at: number) => `https://2130706433:${at}/`],
    ['hexadecimal', (at: number) => `https://0x7f.1:${at}/`],
    ['octal', (at: number) => `https://0177.0.0.01:${at}/`],
    ['short', (at: number) => `https://127.1:${at}/`],
    ['wide digits', (at: number) => `https://１２７.0.0.1:${at}/`],
    ['IPv4-mapped', (at: number) => `https://[::ffff:127.0.0.1]:${at}/`],
    ['a name', (at: number) => `https://localhost:${at}/`],
    ['plain', (at: number) => `https://127.0.0.1:${at}/`],
    ['escaped', (at: number) => `https://%31%32%37.0.0.1:${at}/`],
  ])('does not lead to this machine by another notation: %s (RFC 9700 §4.15)', async (_title, url) => {
    expect(await detailOf(door({ allow: [] }).get(url(port), JSON_ONLY))).toMatch(/is not a public address/);
    expect(requests).toEqual([]);
  });

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'lets %s pass where OUTBOUND_ALLOW names its network, and from no production issuer (RFC 4291 §2.5.5.2)',
    async (address) => {
      const allow = [{ kind: 'network', network: '127.0.0.0/8' }] as const;
      const hosts = () => new FakeHostNames([[address]]);
      const url = `https://localhost:${port}/`;
      expect(await door({ hosts: hosts(), allow }).get(url, JSON_ONLY)).toMatchObject({ outcome: 'answered' });
      const refused = door({ hosts: hosts(), allow, kind: 'production' }).get(url, JSON_ONLY);
      expect(await detailOf(refused)).toBe(`${address} is not a public address, nor in OUTBOUND_ALLOW`);
    },
  );

  it('does not lead to this machine from a production issuer, even by a name that is allowed', async () => {
    const allow = [{ kind: 'host', host: 'jwks.internal', port }] as const;
    const hosts = new FakeHostNames([['127.0.0.1']]);
    const asked = door({ hosts, allow, kind: 'production' }).get(`https://jwks.internal:${port}/`, JSON_ONLY);
    expect(await detailOf(asked)).toBe('127.0.0.1 is not a public address, nor in OUTBOUND_ALLOW');
  });

  it('refuses a name of which one address is private', async () => {
    const hosts = new FakeHostNames([['8.8.8.8', '10.0.0.1']]);
    expect(await detailOf(door({ hosts }).get('https://rp.example/', JSON_ONLY))).toContain('10.0.0.1');
  });

  it('connects to the address that was vetted, and looks up no second time (DNS rebinding)', async () => {
    const url = `https://localhost:${port}/`;
    const good = new FakeHostNames([['127.0.0.1'], ['10.0.0.1']]);
    expect(await door({ hosts: good }).get(url, JSON_ONLY)).toMatchObject({ outcome: 'answered' });
    expect(good.asked).toEqual(['localhost']);
    // The system would say 127.0.0.1, where the server is; what was vetted is another address of this machine.
    const pinned = new FakeHostNames([['127.0.0.9'], ['127.0.0.1']]);
    expect(await detailOf(door({ hosts: pinned }).get(url, JSON_ONLY))).toBe('the request failed with ECONNREFUSED');
    expect(requests).toHaveLength(1);
  });

  it('tells a host without address', async () => {
    expect(await detailOf(door({ hosts: new FakeHostNames([[]]) }).get('https://rp.example/', JSON_ONLY))).toBe(
      'the host has no address',
    );
  });

  it('trusts the authorities of OUTBOUND_CA_FILE, and checks the name', async () => {
    expect(await door().get(local(), JSON_ONLY)).toMatchObject({ outcome: 'answered' });
    expect(await detailOf(door({ caFile: undefined }).get(local(), JSON_ONLY))).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    const hosts = new FakeHostNames([['127.0.0.1']]);
    expect(await detailOf(door({ hosts }).get(`https://other.example:${port}/`, JSON_ONLY))).toContain('ALTNAME');
    expect(requests).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308, 201, 204, 404, 500])('takes no answer with status %i', async (status) => {
    answer = (_request, response) => {
      response.writeHead(status, { location: local('/elsewhere'), 'content-type': 'application/json' }).end();
    };
    expect(await detailOf(door().get(local(), JSON_ONLY))).toBe(`the answer has status ${status}`);
    expect(requests).toHaveLength(1);
  });

  it.each(['text/html', 'application/jsonp', 'text/plain; a=application/json', ''])('takes no %j', async (type) => {
    answer = (_request, response) => {
      json(response, '{}', { 'content-type': type });
    };
    expect(await detailOf(door().get(local(), JSON_ONLY))).toBe('the answer is of another media type');
  });

  it('takes nothing that is compressed, which could be of any length', async () => {
    answer = (_request, response) => {
      json(response, 'x', { 'content-encoding': 'gzip' });
    };
    expect(await detailOf(door().get(local(), JSON_ONLY))).toBe('the answer is compressed');
  });

  it('takes so many bytes and not one more', async () => {
    answer = (_request, response) => {
      json(response, 'x'.repeat(1000));
    };
    expect(await door().get(local(), JSON_ONLY)).toMatchObject({ outcome: 'answered' });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      for (let part = 0; part < 11; part += 1) response.write('x'.repeat(91));
      response.end();
    };
    expect(await detailOf(door().get(local(), JSON_ONLY))).toBe('the answer is longer than 1000 bytes');
  });

  const limits = { milliseconds: 200, bytes: 1000 };
  it.each<[string, () => void]>([
    ['never answers', () => undefined],
    [
      'never ends its answer',
      () => {
        requests.at(-1)?.socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{');
      },
    ],
  ])('does not wait for a server that %s', async (_title, behave) => {
    answer = behave;
    const started = performance.now();
    expect(await detailOf(door({ limits }).get(local(), JSON_ONLY))).toBe('it took too long');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('does not wait for a resolver that never answers', async () => {
    expect(await detailOf(door({ hosts: new SilentHostNames(), limits }).get(local(), JSON_ONLY))).toBe(
      'it took too long',
    );
  });

  it('says that an answer broke off', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '10' });
      response.write('{', () => request.socket.destroy());
    };
    expect(await detailOf(door().get(local(), JSON_ONLY))).toBe('the request failed with ECONNRESET');
  });
});

describe('the way out without TLS', () => {
  const allow: OutboundTarget[] = ['127.0.0.0/8', '10.0.0.0/8'].map((network) => ({ kind: 'network', network }));

  it('leads to this very machine alone, and only from a development issuer (RFC 8252 §8.3)', async () => {
    const plain = createPlainServer((_request, response) => {
      json(response, '{}');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/out`;
    expect(await door({ kind: 'development', allow }).post(url, {})).toEqual({ outcome: 'answered', status: 200 });
    expect(await detailOf(door({ kind: 'development', allow: [] }).post(url, {}))).toMatch(/is not a public address/);
    for (const kind of ['test', 'production'] as const) {
      expect(await detailOf(door({ kind, allow }).post(url, {}))).toBe('it is not an https URL');
    }
    plain.close();
  });

  it.each(['10.0.0.1', '8.8.8.8'])('leads nowhere when the name stands for %s', async (address) => {
    const hosts = new FakeHostNames([[address]]);
    const detail = await detailOf(door({ kind: 'development', allow, hosts }).post('http://localhost:1/out', {}));
    expect(detail).toBe('it is not an https URL, and does not lead to this very machine');
  });
});

describe('the way out for forms', () => {
  const form = { logout_token: 'a.b+c', more: 'x y' };

  it('sends the form alone, with nothing that says who sends', async () => {
    const bodies: string[] = [];
    answer = (request, response) => {
      request.on('data', (part: Buffer) => bodies.push(part.toString()));
      request.on('end', () => response.writeHead(204).end());
    };
    expect(await door().post(local('/out?a=b'), form)).toEqual({ outcome: 'answered', status: 204 });
    expect(bodies).toEqual(['logout_token=a.b%2Bc&more=x+y']);
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual(['POST', '/out?a=b']);
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual(
      ['accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
  });

  it.each([200, 302, 307, 400, 500])('tells status %i and follows nothing', async (status) => {
    answer = (_request, response) => {
      response.writeHead(status, { location: local('/elsewhere') }).end('whatever');
    };
    expect(await door().post(local(), form)).toEqual({ outcome: 'answered', status });
    expect(requests).toHaveLength(1);
  });

  it('does not wait for the end of an answer', async () => {
    answer = (_request, response) => {
      response.writeHead(200).write('x');
    };
    expect(await door().post(local(), form)).toEqual({ outcome: 'answered', status: 200 });
  });

  it('leads to no private place, to https alone, and waits no longer than for a document (RFC 9700 §4.15)', async () => {
    expect(await detailOf(door({ allow: [] }).post(local(), form))).toMatch(/is not a public address/);
    expect(await detailOf(door().post('http://rp.example/', form))).toBe('it is not an https URL');
    expect(requests).toEqual([]);
    answer = () => undefined;
    const limits = { milliseconds: 200, bytes: 1000 };
    expect(await detailOf(door({ limits }).post(local(), form))).toBe('it took too long');
  });
});
