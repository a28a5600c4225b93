import { describe, expect, it } from 'vitest';
import { ADMIN_SCOPES, isAdminScopeName } from './admin-resource.js';
import { pageWithBuiltIns } from './built-in-page.js';
import { resourceProblems, scopeProblems } from './resource-rules.js';

const resource = { identifier: 'https://api.example/expenses', name: 'Expenses' };
const scope = { name: 'expenses:read', title: 'Read your expense reports', description: '' };

describe('the rules of a resource', () => {
  it.each(['https://api.example', 'https://api.example/v1?x=1', 'urn:example:expenses', 'api://expenses'])(
    'take an absolute URI as identifier (RFC 8707 §2): %s',
    (identifier) => {
      expect(resourceProblems({ ...resource, identifier })).toEqual([]);
    },
  );

  it.each([
    '',
    'expenses',
    '/expenses',
    'https://api.example/#x',
    'https://api.example/a b',
    'https://api.example/ü',
    'https://',
  ])('refuse the identifier %j (RFC 8707 §2)', (identifier) => {
    expect(resourceProblems({ ...resource, identifier }).map(({ pointer }) => pointer)).toEqual(['#/identifier']);
  });

  it('name every fault at once', () => {
    const faulty = { id: 'a b', identifier: 'x', name: '', accessTokenLifetime: 3601, introspectionClients: ['a', ''] };
    expect(resourceProblems(faulty).map(({ pointer }) => pointer)).toEqual([
      '#/id',
      '#/identifier',
      '#/name',
      '#/access_token_lifetime',
      '#/introspection_clients/1',
    ]);
  });
});

describe('the rules of a scope', () => {
  it.each(['read', 'expenses:read', 'https://api.example/read', '!#[]~'])(
    'take the name %s (RFC 6749 §3.3)',
    (name) => {
      expect(scopeProblems({ ...scope, name })).toEqual([]);
    },
  );

  it.each(['', 'a b', 'a"b', 'a\\b', 'ü', 'a\n', 'x'.repeat(256)])('refuse the name %j (RFC 6749 §3.3)', (name) => {
    expect(scopeProblems({ ...scope, name }).map(({ pointer }) => pointer)).toEqual(['#/name']);
  });

  it.each([...ADMIN_SCOPES, 'webhooks:write', 'audit-events:read'])('keep %s for the admin API', (name) => {
    expect(isAdminScopeName(name)).toBe(true);
    expect(scopeProblems({ ...scope, name })).toHaveLength(1);
  });
});

describe('a page that begins with what is built in', () => {
  const builtIns = ['a', 'b', 'c'];
  const stored = ({ cursor, limit }: { cursor?: string | undefined; limit: number }) => {
    const rest = ['d', 'e'].slice(cursor === undefined ? 0 : 1);
    const items = rest.slice(0, limit);
    return Promise.resolve({ items, nextCursor: rest.length > items.length ? 'after-d' : null });
  };

  it.each([1, 2, 3, 4, 5, 6])('lists everything once in pages of %d', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await pageWithBuiltIns(builtIns, (item) => item, { limit, cursor }, stored);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('refuses a cursor that names nothing in it', async () => {
    const request = { limit: 1, cursor: `b.${Buffer.from('z').toString('base64url')}` };
    await expect(pageWithBuiltIns(builtIns, (item) => item, request, stored)).rejects.toThrow();
  });
});
