import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/start-service.js';
import { codeIn, read, tableBelow } from './support/documents.js';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

function ask(method: string, path: string): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(service.url(path), { method }, (response) => {
      response.resume().on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers });
      });
    });
    sent.on('error', reject).end();
  });
}

function paths(): string[] {
  const patterns = service.routes.list().map((route) => route.slice(route.indexOf(' ') + 1));
  return [...new Set(patterns)].map((pattern) => pattern.replaceAll(/:[^/]+/g, 'x').replaceAll('*', 'x'));
}

/** The routes that the two documents name, written as Fastify writes them. */
function documented(): Set<string> {
  const table = tableBelow(read('docs/architecture.md'), '## Every route').flatMap(([routes = '']) => codeIn(routes));
  const { paths: described } = JSON.parse(read('docs/openapi.json')) as {
    readonly paths: Readonly<Record<string, object>>;
  };
  const api = Object.entries(described).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => /^(?:get|put|post|patch|delete)$/.test(method))
      .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`),
  );
  return new Set([...table, ...api]);
}

describe('every route of the service', () => {
  it('is in the table of docs/architecture.md or in docs/openapi.json, and these name no other', () => {
    const served = service.routes.list().filter((route) => !route.startsWith('HEAD '));
    expect([...documented()].sort()).toEqual([...new Set(served)].sort());
  });

  it('refuses a wrong method with 405 and says which ones are right (RFC 9110 §15.5.6)', async () => {
    expect(paths().length).toBeGreaterThan(10);
    for (const path of paths()) {
      const { status, headers } = await ask('PROPFIND', path);
      expect(status, path).toBe(405);
      expect(headers.allow, path).toMatch(/[A-Z]/);
    }
  });

  it('protects its answers, whatever they are (RFC 9700 §4.16)', async () => {
    for (const path of paths()) {
      const { headers } = await ask('GET', path);
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['x-request-id'], path).toMatch(/^[a-z0-9]{10}$/);
      expect(headers['cache-control'], path).toBeDefined();
      expect(headers['content-security-policy'], path).toContain("default-src 'none'");
    }
  });

  it('under /oauth2/ answers HEAD for the public keys only (RFC 6749 §3.1)', () => {
    const heads = service.routes.list().filter((route) => route.startsWith('HEAD /oauth2/'));
    expect(heads.filter((route) => route !== 'HEAD /oauth2/jwks')).toEqual([]);
  });
});
