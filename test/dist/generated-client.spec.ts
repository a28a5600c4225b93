import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, PROJECT, ServedProcess } from '../support/served-process.js';
import { databasesUnderTest } from '../support/start-service.js';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 61 + 17) % 251)).toString('base64url');
const AUTOMATION = { CLIENT_ID: 'automation', CLIENT_SECRET: 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu' };
const PROGRAM = join(PROJECT, 'test', 'dist', 'generated-client');
const LONGEST_MS = 40_000;

/** Where the program lies beside the client that was generated for it, as in a project of somebody else's. */
const place = mkdtempSync(join(tmpdir(), 'gatehouse-generated-'));
const generated = join(place, 'generated');

/** What the compiler says of the program and the client together. */
function compile(): { readonly status: number | null; readonly said: string } {
  const tsc = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', place], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

beforeAll(async () => {
  build();
  cpSync(PROGRAM, place, { recursive: true });
  cpSync(join(PROJECT, 'package.json'), join(place, 'package.json'));
  symlinkSync(join(PROJECT, 'node_modules'), join(place, 'node_modules'));
  await createClient({
    input: join(PROJECT, 'dist', 'openapi.json'),
    output: { path: generated, importFileExtension: '.js' },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'silent', file: false },
  });
}, 180_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

describe('a client generated from the OpenAPI document by @hey-api/openapi-ts', () => {
  it(
    'compiles with a program that uses it, under strict TypeScript',
    () => {
      expect(compile()).toEqual({ status: 0, said: '' });
    },
    LONGEST_MS,
  );

  it('has a name of its own for each operation, none of which stutters', () => {
    const names = [...read('sdk.gen.ts').matchAll(/^export const (\w+) = /gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toEqual(
      expect.arrayContaining(['clientsRegister', 'invitationsResend', 'keysRotate', 'webhooksTest']),
    );
    expect(names.filter((name) => /([A-Z][a-z]{2,})\1/.test(name) || /\d$/.test(name))).toEqual([]);
  });

  it('has named types for what is answered, and knows the type of everything that the service does', () => {
    const types = read('types.gen.ts');
    for (const name of ['ClientPage', 'ClientPreview', 'ClientDryRunChange', 'ClientPatch', 'ScopePatch', 'Problem'])
      expect(types).toContain(`export type ${name} = {`);
    const answers = [...types.matchAll(/^ {4}20\d: (.*)$/gm)].map(([, type]) => type);
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((type) => type === 'unknown;' || type === '{')).toEqual([]);
    const errors = [...types.matchAll(/^ {4}[45]\d\d: (.*)$/gm)].map(([, type]) => type);
    expect(new Set(errors)).toEqual(new Set(['Problem;']));
  });
});

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))(
  'that client with a service [%s]',
  (_, url) => {
    let database: TestDatabase;
    let service: ServedProcess;

    beforeAll(async () => {
      database = url.startsWith('sqlite:')
        ? { url: `sqlite:${join(place, 'gatehouse.sqlite')}`, drop: () => Promise.resolve() }
        : await aMigratedDatabase(url);
      const { CLIENT_ID, CLIENT_SECRET } = AUTOMATION;
      const env = { DATABASE_URL: database.url, SECRET_KEYS: KEY, DATA_DIR: place };
      const admin = { ADMIN_CLIENT_ID: CLIENT_ID, ADMIN_CLIENT_SECRET: CLIENT_SECRET };
      service = await ServedProcess.start({ env: { ...env, ...admin } });
    }, 180_000);

    afterAll(async () => {
      service.kill();
      await service.ended;
      await database.drop();
    });

    it('does the whole life of a client: rehearse, make, list, read, change, secrets, delete, and every refusal', async () => {
      const script = join(place, 'built', 'life-cycle.js');
      const env = { PATH: process.env['PATH'], ISSUER: service.issuer, ...AUTOMATION };
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env, timeout: LONGEST_MS });
      expect(JSON.parse(stdout)).toEqual({
        rehearsed: { would: 'create', name: 'Generated' },
        'after rehearsal': 404,
        created: { id: 'generated', replayed: true },
        'other body': { status: 409, title: 'Conflict' },
        refused: { status: 422, same: 422, pointers: ['#/redirect_uris/0'] },
        missing: { status: 404, request: true },
        listed: { all: true, has: true },
        read: { name: 'Generated', optional: 'email' },
        changed: { name: 'Renamed', optional: '' },
        stale: 412,
        'rehearsed change': [['#/client_name', 'Rehearsed']],
        unmoved: 'Renamed',
        secrets: { made: true, ends: '2099-01-01T00:00:00.000Z', before: 2 },
        'secret removed': true,
        deleted: 204,
        gone: 404,
        'no token': 401,
      });
    });
  },
);

function read(file: string): string {
  return readFileSync(join(generated, file), 'utf8');
}
