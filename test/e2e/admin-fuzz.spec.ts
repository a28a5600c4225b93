import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { AdminApi, JSON_TYPE, PATCH_TYPE, pointersOf } from '../support/admin-api.js';
import type { DocumentedOperation } from '../support/admin-contract.js';
import { onEveryDatabase } from '../support/every-database.js';

type Schema = Readonly<Record<string, unknown>>;

const RUNS = 12;
const HOSTILE = [
  '',
  ' ',
  '\0',
  '%00',
  '../..',
  "'",
  '"',
  '<script>',
  '💥',
  '\ud800',
  'x'.repeat(300),
  '__proto__',
  '0',
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 }));
const anything = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));

/** Requests that the document foresees, and such as only look so: each must get an answer that it foresees. */
onEveryDatabase('fuzzing the admin API from its own description', (running) => {
  let api: AdminApi;
  let schemas: Readonly<Record<string, Schema>>;
  beforeAll(async () => {
    api = await AdminApi.of(running.service);
    schemas = api.contract.document.components.schemas;
  });

  /** Values of a schema, one in a few not of it. */
  function valueOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 4, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: anything });
  }

  function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
    if (name !== undefined) return fitting(schemas[name] ?? {}, depth);
    const [choices, variants] = [schema['enum'], schema['anyOf']] as [unknown[] | undefined, Schema[] | undefined];
    if (choices !== undefined) return fc.constantFrom(...choices);
    if (variants !== undefined) return fc.oneof(...variants.map((variant) => fitting(variant, depth)));
    const [type] = [schema['type']].flat();
    if (type === 'object') return objectOf(schema, depth);
    if (type === 'array')
      return fc.array(depth > 3 ? anything : valueOf(schema['items'] as Schema, depth + 1), { maxLength: 3 });
    if (type === 'integer') return fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 60, 2 ** 31, 1.5));
    if (type === 'boolean') return fc.boolean();
    return schema['format'] === 'uri' ? fc.oneof(fc.webUrl(), text) : fc.oneof(text, fc.constant('openid profile'));
  }

  function objectOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
    const members = Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, depth > 3 ? anything : valueOf(member, depth + 1)]),
    );
    const known = fc.record(members, { requiredKeys: (schema['required'] ?? []) as string[] });
    const stranger = fc.dictionary(text, anything, { maxKeys: 1 });
    return fc.oneof(
      { weight: 3, arbitrary: known },
      { weight: 1, arbitrary: fc.tuple(known, stranger).map(([own, other]) => ({ ...other, ...own })) },
    );
  }

  const headers = fc.record(
    {
      'if-match': fc.constantFrom('*', '"x"', 'W/"x"', 'x', '"a","b"', ',', '"'),
      'if-none-match': fc.constantFrom('*', '"x"', 'x', ''),
      'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('', 'a b', '1')),
    },
    { requiredKeys: [] },
  );
  const query = fc.record(
    {
      dry_run: fc.constantFrom('true', 'false', 'maybe'),
      limit: fc.constantFrom('1', '0', '201', 'x'),
      cursor: fc.oneof(text, fc.base64String({ maxLength: 30 })),
      q: text,
      status: fc.constantFrom('active', 'gone'),
      other: text,
    },
    { requiredKeys: [] },
  );
  const segment = fc.oneof(
    fc.uuid(),
    fc.constantFrom('administrators', 'openid', 'rotate'),
    text.filter((one) => one !== ''),
  );

  function requestOf(method: string, pattern: string, { requestBody }: DocumentedOperation) {
    const [content] = Object.values(requestBody?.content ?? {});
    const body = content === undefined ? fc.constant(undefined) : valueOf(content.schema as Schema);
    const names = pattern.match(/\{\w+\}/g) ?? [];
    return fc.record({ body, headers, query, segments: fc.tuple(...names.map(() => segment)) }).map((wish) => {
      const path = wish.segments.reduce((done, one) => done.replace(/\{\w+\}/, () => escaped(one)), pattern);
      const search = new URLSearchParams(wish.query).toString();
      const sent = wish.body === undefined ? {} : { body: JSON.stringify(wish.body), type: typeOf(method) };
      return { path: `${path.replace('/api/v1', '')}?${search}`, wish: { ...sent, headers: wish.headers } };
    });
  }

  it('meets only answers that the description foresees, to requests made from it', async () => {
    for (const [pattern, methods] of Object.entries(api.contract.document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const requests = requestOf(method.toUpperCase(), pattern, operation);
        await fc.assert(
          fc.asyncProperty(requests, async ({ path, wish }) => {
            // Held against the document by the API of the tests: status, headers, media type, body.
            const answer = await api.send(method.toUpperCase(), path, wish);
            expect(answer.status, `${method} ${path} ${answer.text}`).toBeLessThan(500);
          }),
          { numRuns: RUNS },
        );
      }
    }
  }, 240_000);

  it('names a member by half a character where it refuses it (RFC 8259 §8.2, RFC 6901 §6)', async () => {
    const answer = await api.send('POST', '/groups', { body: '{"name":"a","\\ud800":1}', type: JSON_TYPE });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/%EF%BF%BD']]);
  });
});

function typeOf(method: string): string {
  return method === 'PATCH' ? PATCH_TYPE : JSON_TYPE;
}

/** A segment of a path as a client writes it: never one that means the folder itself or the one above. */
function escaped(segment: string): string {
  const written = encodeURIComponent(segment.replace(/\p{Surrogate}/gu, ''));
  return /^\.*$/.test(written) ? `x${written}` : written;
}
