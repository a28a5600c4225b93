import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import { AdminContract, type AdminDocument, type DocumentedOperation } from '../support/admin-contract.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser } from '../support/given.js';
import { OPEN_API_SCHEMA } from '../support/open-api-schema.js';
import { startService } from '../support/start-service.js';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** What is asked by POST and writes nothing, so that there is nothing to rehearse. */
const ASKING_POST = 'POST /api/v1/simulate';

/** The operations of a document as `GET /api/v1/clients/{client_id}`. */
function operationsOf({ paths }: AdminDocument): Map<string, DocumentedOperation> {
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  );
}

onEveryDatabase('the description of the admin API', (running) => {
  const document = async (): Promise<AdminDocument> => (await AdminContract.of(running.service)).document;

  it('is served to anybody as JSON that may be cached', async () => {
    const response = await fetch(running.service.url('/api/openapi.json'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toMatch(/max-age=\d+/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is not sent again to who has it (RFC 9110 §13.1.2)', async () => {
    const url = running.service.url('/api/openapi.json');
    const tag = (await fetch(url)).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('has an example of each body and answer, and every example is one (OpenAPI 3.1.0 §4.8.14)', async () => {
    const described = await document();
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'https://admin.example/openapi', ...described });
    const schemas = new Map<string, ValidateFunction>();
    for (const [title, { requestBody, responses }] of operationsOf(described)) {
      const contents = [requestBody, ...Object.values(responses)].flatMap((one) => Object.values(one?.content ?? {}));
      for (const { schema, example } of contents as { schema: object; example: unknown }[]) {
        const text = JSON.stringify(schema).replaceAll('"#/', '"https://admin.example/openapi#/');
        const valid = schemas.get(text) ?? ajv.compile(JSON.parse(text) as object);
        schemas.set(text, valid);
        expect(valid(example), `${title} ${JSON.stringify(example)} ${ajv.errorsText(valid.errors)}`).toBe(true);
      }
    }
    expect(schemas.size).toBeGreaterThan(30);
  });

  it('foresees versions, keys and dry runs wherever they are', async () => {
    for (const [title, { parameters = [], responses }] of operationsOf(await document())) {
      const names = parameters.map(({ name }) => name);
      const [method] = title.split(' ');
      // What is sent outside at once can be neither rehearsed nor taken back.
      const sends = title.endsWith('/test');
      const asks = title === ASKING_POST;
      expect(names.includes('dry_run'), title).toBe(method !== 'GET' && !sends && !asks);
      expect(names.includes('Idempotency-Key'), title).toBe(method === 'POST' && !sends);
      if (method === 'POST') {
        expect(Object.keys(responses), title).toEqual(expect.arrayContaining(asks ? ['409'] : ['409', '412']));
      }
      if (method !== 'PATCH' && method !== 'DELETE') continue;
      expect(names, title).toContain('If-Match');
      expect(Object.keys(responses), title).toEqual(expect.arrayContaining(['200', '412', '428']));
    }
  });

  it('is a valid OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12 (OpenAPI 3.1.0 §4.8)', async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false, allowUnionTypes: true });
    addFormats.default(ajv);
    const valid = ajv.compile(OPEN_API_SCHEMA);
    const described = await document();
    expect(valid(described), ajv.errorsText(valid.errors)).toBe(true);
    // Compiled strictly, so that a misspelt keyword or one that does not go with its type is noticed.
    ajv.addKeyword('components');
    ajv.addSchema({ $id: 'https://admin.example/openapi', components: described.components });
    for (const name of Object.keys(described.components.schemas)) {
      const compiled = ajv.compile({ $ref: `https://admin.example/openapi#/components/schemas/${name}` });
      expect(compiled(7), name).toBe(false);
    }
  });

  it('has no reference that leads nowhere, and no schema that nobody refers to', async () => {
    const described = await document();
    const text = JSON.stringify(described);
    const references = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
    );
    expect([...references].sort()).toEqual(Object.keys(described.components.schemas).sort());
  });

  it('declares nothing required that it does not describe, and says of every member what it is', async () => {
    const { components } = await document();
    for (const [name, schema] of Object.entries(components.schemas)) {
      const properties = (schema['properties'] ?? {}) as Record<string, { description?: string; $ref?: string }>;
      for (const member of (schema['required'] ?? []) as string[]) expect(properties, name).toHaveProperty(member);
      if (name === 'Problem') continue;
      expect(schema['additionalProperties'], name).toBe(false);
      for (const [member, { description }] of Object.entries(properties)) {
        expect(description?.length ?? 0, `${name}.${member}`).toBeGreaterThan(3);
      }
    }
  });

  it('names each path parameter exactly as the path does, and gives every operation an id of its own', async () => {
    const operations = operationsOf(await document());
    const ids = [...operations.values()].map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [title, { parameters = [] }] of operations) {
      const inPath = [...title.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
      const names = parameters.map((one) => `${one.in} ${one.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('has every route under /api/v1, and every operation of it is a route', async () => {
    const described = [...operationsOf(await document()).keys()].sort();
    const routes = running.service.routes
      .list()
      .filter((route) => route.includes(' /api/v1/') && METHODS.includes(route.split(' ')[0] ?? ''))
      .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))
      .sort();
    expect(routes).toEqual(described);
    expect(routes.length).toBeGreaterThan(30);
  });

  it('offers what the contract names, sub-resources included', async () => {
    const described = [...operationsOf(await document()).keys()];
    const [crud, readOnly] = [
      ['clients', 'users', 'groups', 'resources', 'scopes'],
      ['consents', 'sessions'],
    ] as const;
    for (const name of [...crud, ...readOnly]) {
      const methods = described
        .filter((one) => new RegExp(` /api/v1/${name}(/\\{\\w+\\})?$`).test(one))
        .map((one) => one.split(' ')[0]);
      const wanted =
        name === 'consents' || name === 'sessions'
          ? ['GET', 'GET', 'DELETE']
          : ['GET', 'POST', 'GET', 'PATCH', 'DELETE'];
      expect(methods.sort(), name).toEqual([...wanted].sort());
    }
    expect(described).toContain('POST /api/v1/clients/{client_id}/secrets');
    expect(described).toContain('POST /api/v1/keys/rotate');
  });

  it('names for each operation one scope that exists, to read or to write as the method does', async () => {
    for (const [title, { security, description }] of operationsOf(await document())) {
      const [scope = ''] = security[0]?.['accessToken'] ?? [];
      expect(ADMIN_SCOPES, title).toContain(scope);
      const reads = title.startsWith('GET ') || title === ASKING_POST;
      expect(scope.endsWith(reads ? ':read' : ':write'), title).toBe(true);
      // What jobs purge is read with the right to see jobs.
      const area = (title.split('/')[3] ?? '')
        .replace(/^(?:change-requests|client-templates)$/, 'clients')
        .replace(/^storage$/, 'jobs')
        .replace(/^user-(?:attributes|imports|exports)$/, 'users')
        .replace(/^(?:audit-event-exports|explanations)$/, 'audit-events')
        .replace(/^(?:consent-(?:receipts|exports)|claim-disclosures|simulate)$/, 'consents')
        .replace(/^directories$/, 'identity-providers');
      expect(scope.startsWith(`${area}:`), title).toBe(true);
      expect(description).toContain(scope);
    }
  });

  it('foresees the refusals that any operation can meet', async () => {
    for (const [title, { responses, requestBody }] of operationsOf(await document())) {
      const foreseen = Object.keys(responses);
      expect(foreseen, title).toEqual(expect.arrayContaining(['400', '401', '403']));
      if (title.includes('{')) expect(foreseen, title).toContain('404');
      if (requestBody !== undefined) expect(foreseen, title).toEqual(expect.arrayContaining(['413', '415', '422']));
      if (title.startsWith('POST') && foreseen.includes('201'))
        expect(responses['201']?.headers).toHaveProperty('Location');
      if (title.startsWith('DELETE')) expect(responses['204']).not.toHaveProperty('content');
      for (const [status, { content }] of Object.entries(responses)) {
        if (status >= '400') expect(Object.keys(content ?? {}), title).toEqual(['application/problem+json']);
      }
    }
  });

  it('never promises a secret or password in an answer that is read later', async () => {
    const { components } = await document();
    for (const name of ['ClientAnswer', 'SecretAnswer', 'UserAnswer']) {
      const properties = Object.keys(components.schemas[name]?.['properties'] ?? {});
      expect(properties.length, name).toBeGreaterThan(2);
      expect(properties).not.toEqual(expect.arrayContaining(['client_secret']));
      expect(properties).not.toEqual(expect.arrayContaining(['password']));
    }
  });

  it('can be read as a page without JavaScript, with every operation and member on it', async () => {
    const page = await aBrowser(running.service).visit(running.service.url('/api/docs'));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.html.tags.filter(({ name }) => name === 'script')).toEqual([]);
    expect(page.html.source).not.toMatch(/\son\w+=/);
    const described = await document();
    for (const [title, { summary }] of operationsOf(described)) {
      const [method = '', path = ''] = title.split(' ');
      expect(page.html.words).toContain(summary);
      expect(page.html.words.replaceAll(' ', '')).toContain(path);
      expect(page.html.words).toContain(method);
    }
    const { properties } = described.components.schemas['NewClient'] as { properties: Record<string, unknown> };
    for (const member of Object.keys(properties)) expect(page.html.words).toContain(member);
    expect(page.html.words).not.toMatch(/undefined|\[object/);
  });

  it('has its page in the language of the reader', async () => {
    const chinese = await aBrowser(running.service, { 'accept-language': 'zh-CN,zh;q=0.9' }).visit(
      running.service.url('/api/docs'),
    );
    expect(chinese.html.tags[0]?.name).toBe('html');
    expect(chinese.html.tags[0]?.attributes.get('lang')).toBe('zh-CN');
    const english = await aBrowser(running.service).visit(running.service.url('/api/docs?ui_locales=en'));
    expect(english.html.tags[0]?.attributes.get('lang')).toBe('en');
  });
});

it('speaks of the service where it is: under the path of its issuer', async () => {
  const service = await startService({ env: (port) => ({ ISSUER: `http://127.0.0.1:${port}/login` }) });
  try {
    const { document } = await AdminContract.of(service);
    expect(document.servers).toEqual([{ url: service.issuer }]);
    expect(Object.keys(document.paths).every((path) => path.startsWith('/api/v1/'))).toBe(true);
    expect(JSON.stringify(document)).toContain(`${service.issuer}/oauth2/token`);
    expect((await fetch(service.url('/api/v1/keys'))).status).toBe(401);
  } finally {
    await service.close();
  }
});
