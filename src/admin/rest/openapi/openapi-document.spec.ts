import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import { ADMIN_CONTROLLERS } from '../controllers.js';
import { openApiDocument } from './openapi-document.js';

interface Operation {
  readonly operationId: string;
  readonly security: readonly { readonly accessToken: readonly string[] }[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** What is asked by POST and writes nothing. */
const READING_POSTS = ['post /api/v1/simulate'];

const document = openApiDocument(ADMIN_CONTROLLERS, { issuer: 'https://login.example', version: '1' });
const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
);

function validator(name: string) {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return ajv.compile({ $ref: `document#/components/schemas/${name}` });
}

describe('the OpenAPI document', () => {
  it('has every operation of the admin API', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual(
      [
        ...['clients', 'users', 'groups', 'resources', 'identity-providers', 'directories'].flatMap((name) => {
          const one = `/api/v1/${name}/{${name === 'clients' ? 'client_id' : 'id'}}`;
          return [`get /api/v1/${name}`, `post /api/v1/${name}`, `get ${one}`, `patch ${one}`, `delete ${one}`];
        }),
        'get /api/v1/audit-event-exports',
        'get /api/v1/explanations/{support_code}',
        'get /api/v1/jobs',
        'get /api/v1/jobs/{id}',
        'post /api/v1/jobs/revocations',
        'get /api/v1/change-requests',
        'get /api/v1/change-requests/{id}',
        ...['approve', 'reject', 'withdraw'].map((act) => `post /api/v1/change-requests/{id}/${act}`),
        'post /api/v1/jobs/consent-endings',
        'get /api/v1/consent-exports',
        'get /api/v1/clients/{client_id}/versions',
        'get /api/v1/clients/{client_id}/versions/{number}',
        'get /api/v1/clients/{client_id}/versions/{number}/diff',
        'post /api/v1/clients/{client_id}/versions/{number}/restore',
        'get /api/v1/client-templates',
        'get /api/v1/client-templates/{name}',
        'get /api/v1/clients/{client_id}/access',
        'get /api/v1/clients/{client_id}/configuration',
        'get /api/v1/clients/{client_id}/lint',
        'get /api/v1/clients/{client_id}/logout-deliveries',
        ...['get', 'post'].map((method) => `${method} /api/v1/clients/{client_id}/secrets`),
        ...['get', 'delete'].map((method) => `${method} /api/v1/clients/{client_id}/secrets/{id}`),
        'get /api/v1/users/{id}/factors',
        ...['get', 'delete'].map((method) => `${method} /api/v1/users/{id}/lock`),
        ...['get', 'delete'].map((method) => `${method} /api/v1/users/{id}/factors/{factor_id}`),
        ...['get', 'post'].map((method) => `${method} /api/v1/user-attributes`),
        ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/user-attributes/{name}`),
        ...['clients/{client_id}', 'scopes/{name}'].flatMap((parent) => [
          ...['get', 'post'].map((method) => `${method} /api/v1/${parent}/claim-mappings`),
          ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/${parent}/claim-mappings/{id}`),
        ]),
        ...['get', 'post'].map((method) => `${method} /api/v1/scopes`),
        ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/scopes/{name}`),
        ...['consents', 'reports', 'sessions'].flatMap((name) => [
          `get /api/v1/${name}`,
          `get /api/v1/${name}/{id}`,
          `delete /api/v1/${name}/{id}`,
        ]),
        'get /api/v1/claim-disclosures',
        'get /api/v1/claim-disclosures/{id}',
        'get /api/v1/consent-receipts',
        'get /api/v1/consent-receipts/{id}',
        ...['get', 'delete'].flatMap((method) => [
          `${method} /api/v1/consents/{id}/scopes/{scope}`,
          `${method} /api/v1/consents/{id}/claims/{claim}`,
        ]),
        ...['get', 'post'].map((method) => `${method} /api/v1/initial-access-tokens`),
        ...['get', 'delete'].map((method) => `${method} /api/v1/initial-access-tokens/{id}`),
        'get /api/v1/keys',
        'post /api/v1/keys/rotate',
        ...['get', 'post'].map((method) => `${method} /api/v1/webhooks`),
        ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/webhooks/{id}`),
        ...['get', 'post'].map((method) => `${method} /api/v1/webhooks/{id}/secrets`),
        'get /api/v1/webhooks/{id}/secrets/{secret_id}',
        'post /api/v1/webhooks/{id}/test',
        'get /api/v1/webhooks/{id}/deliveries',
        'get /api/v1/webhooks/{id}/deliveries/{delivery_id}',
        'post /api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver',
        'get /api/v1/audit-events',
        'get /api/v1/audit-events/{id}',
        'post /api/v1/user-imports',
        'get /api/v1/user-exports',
        ...['get', 'post'].map((method) => `${method} /api/v1/invitations`),
        ...['get', 'delete'].map((method) => `${method} /api/v1/invitations/{id}`),
        'post /api/v1/invitations/{id}/resend',
        'post /api/v1/simulate',
        'get /api/v1/storage',
        ...['get', 'patch'].map((method) => `${method} /api/v1/settings`),
      ].sort(),
    );
  });

  it('gives each operation a name of its own, a scope that exists, its path parameters and its refusals', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, path, operation } of operations) {
      expect(ADMIN_SCOPES, name).toContain(operation.security[0]?.accessToken[0]);
      const inPath = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect(path.match(/\{\w+\}/g) ?? [], name).toEqual(inPath.map((parameter) => `{${parameter}}`));
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['401', '403']));
    }
  });

  it('asks the scope to write of whatever changes something, and to read of the rest', () => {
    for (const { name, operation } of operations) {
      const reads = name.startsWith('get ') || READING_POSTS.includes(name);
      const right = reads ? /:read$/ : /:write$/;
      expect(operation.security[0]?.accessToken[0], name).toMatch(right);
    }
  });

  it('takes both media types of a merge patch (RFC 7396 §4)', () => {
    for (const { operation } of operations.filter(({ name }) => name.startsWith('patch '))) {
      expect(Object.keys(operation.requestBody?.content ?? {})).toEqual([
        'application/merge-patch+json',
        'application/json',
      ]);
    }
  });

  it('has schemas that hold together', () => {
    for (const name of Object.keys(document.components.schemas)) expect(() => validator(name)).not.toThrow();
  });

  it('describes bodies as they are checked', () => {
    const newUser = validator('NewUser');
    expect(newUser({ username: 'a', address: { locality: 'x' }, groups: [] })).toBe(true);
    expect(newUser({ username: 'a', foo: 1 })).toBe(false);
    expect(newUser({ username: 'a', address: { foo: 1 } })).toBe(false);
    expect(newUser({})).toBe(false);
    const patch = validator('UserPatch');
    expect(patch({ nickname: null, address: null })).toBe(true);
    expect(patch({ username: null })).toBe(false);
    const newClient = validator('NewClient');
    expect(newClient({ redirect_uris: ['https://a.example/'] })).toBe(true);
    expect(newClient({ jwks_uri: 'https://a.example/' })).toBe(true);
    expect(newClient({ jwks_uri: 1 })).toBe(false);
  });
});
