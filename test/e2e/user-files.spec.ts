import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { AdminApi, faultsOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, everyClaim, uniqueName } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

interface Line {
  readonly line: number;
  readonly outcome: string;
  readonly username?: string;
  readonly id?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

interface Report {
  readonly complete: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly Line[];
}

const CSV = 'text/csv';
const LINES = 'application/x-ndjson';
/** Of "seven red bicycles", by bcrypt 3.2.2 for Python. */
const BCRYPT = '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e';

onEveryDatabase('files of users', (running) => {
  const users = () => running.service.app.get(UsersService, { strict: false });

  async function sent(type: string, body: string | Buffer, query = '', scopes?: readonly string[]) {
    const api = await AdminApi.of(running.service, scopes);
    const response = await fetch(running.service.url(`/api/v1/user-imports${query}`), {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${await api.token()}` },
      body: Buffer.from(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function imported(type: string, body: string, query = '', scopes?: readonly string[]): Promise<Report> {
    const { status, body: report } = await sent(type, body, query, scopes);
    expect(status, JSON.stringify(report)).toBe(200);
    return report as unknown as Report;
  }

  async function exported(query = '', scopes?: readonly string[]) {
    const api = await AdminApi.of(running.service, scopes);
    const response = await fetch(running.service.url(`/api/v1/user-exports${query}`), {
      headers: { authorization: `Bearer ${await api.token()}` },
    });
    return { response, text: await response.text() };
  }

  const find = async (username: string) => users().findByLogin(username);

  it('bring in users from CSV, each line for itself, and say what became of each', async () => {
    const [bob, eve] = [uniqueName('bob'), uniqueName('eve')];
    const report = await imported(
      CSV,
      '\ufeffusername,name,email,email_verified,address.locality,shoe_size\r\n' +
        `${bob},"Bob ""the"" Builder",${bob}@mail.example,true,Paris,\r\n` +
        '\r\n' +
        `${eve},Eve,not an address,perhaps,,44\r\n` +
        ',Nobody,,,,\r\n',
    );
    expect(report).toMatchObject({ complete: false, counts: { created: 1, failed: 2 } });
    expect(report.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'created'],
      [4, 'failed'],
      [5, 'failed'],
    ]);
    expect(report.lines[1]?.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '#/email',
      '#/email_verified',
      '#/shoe_size',
    ]);
    expect(report.lines[2]?.errors?.map(({ pointer }) => pointer)).toEqual(['#/username']);
    expect(await find(bob)).toMatchObject({
      claims: { name: 'Bob "the" Builder', email_verified: true, address: { locality: 'Paris' } },
    });
    expect(await find(eve)).toBeUndefined();
  });

  it('bring in users with the hash of their password from lines of JSON, who sign in at once', async () => {
    const username = uniqueName('moved');
    const report = await imported(
      LINES,
      `${JSON.stringify({ id: uniqueName('id'), username, password_hash: BCRYPT })}\nnot JSON\n${JSON.stringify({
        username: uniqueName('costly'),
        password_hash: `$5$rounds=999999999$salt$${'A'.repeat(43)}`,
      })}\n[]`,
    );
    expect(report.lines).toMatchObject([
      { line: 1, outcome: 'created', username },
      { line: 2, outcome: 'failed', errors: [{ pointer: '#', detail: 'is not JSON' }] },
      {
        line: 3,
        outcome: 'failed',
        errors: [{ pointer: '#/password_hash', detail: 'takes more work to compare than is done for a sign-in' }],
      },
      { line: 4, outcome: 'failed', errors: [{ pointer: '#', detail: 'must be an object' }] },
    ]);
    const browser = aBrowser(running.service);
    const page = await browser.visit(running.service.url('/sign-in'));
    const user = { id: '', username, password: 'seven red bicycles', claims: {} };
    expect((await signIn(browser, page, user)).url.pathname).toBe('/account');
  });

  it('leave who is there already alone, or change them, or fail, as is wished', async () => {
    const username = uniqueName('carol');
    const line = (name: string, more: object = {}) => JSON.stringify({ username, name, ...more });
    expect((await imported(LINES, line('Carol'))).counts).toEqual({ created: 1 });
    const [again] = (await imported(LINES, line('Carla'))).lines;
    expect(again).toMatchObject({ outcome: 'failed', errors: [{ pointer: '#/username', detail: 'is taken' }] });
    expect((await imported(LINES, line('Carla'), '?on_conflict=skip')).counts).toEqual({ skipped: 1 });
    expect((await find(username))?.claims.name).toBe('Carol');
    const update = '?on_conflict=update';
    const more = { nickname: 'Lily', password: 'another walk by the river' };
    expect((await imported(LINES, line('Carla', more), update)).counts).toEqual({ updated: 1 });
    expect((await imported(LINES, line('Carla', more), update)).counts).toEqual({ unchanged: 1 });
    expect((await imported(LINES, line('Carla'), update)).counts).toEqual({ unchanged: 1 });
    expect((await find(username))?.claims).toEqual({ name: 'Carla', nickname: 'Lily' });
  });

  it('do not put back an old hash over a password that has changed since', async () => {
    const username = uniqueName('dan');
    const line = JSON.stringify({ username, password_hash: BCRYPT });
    await imported(LINES, line);
    const passwords = running.service.app.get(PasswordsService, { strict: false });
    const id = (await find(username))?.id ?? '';
    await passwords.set(id, 'another walk by the river');
    expect((await imported(LINES, line, '?on_conflict=update')).counts).toEqual({ unchanged: 1 });
    expect(await passwords.matches(id, 'another walk by the river')).toBe(true);
  });

  it('write nothing in a dry run, and say what would become of each line', async () => {
    const username = uniqueName('dry');
    const { status, body } = await sent(CSV, `username\n${username}\n${username}\n`, '?dry_run=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dry_run: true,
      result: { counts: { created: 1, failed: 1 }, lines: [{ outcome: 'created' }, { outcome: 'failed' }] },
    });
    expect(await find(username)).toBeUndefined();
  });

  it('make and change administrators only for whoever has every scope', async () => {
    const username = uniqueName('root');
    const line = JSON.stringify({ username, groups: [ADMINISTRATORS_GROUP] });
    const [refused] = (await imported(LINES, line, '', ['users:write'])).lines;
    expect(refused?.errors?.map(({ pointer }) => pointer)).toEqual(['#/groups']);
    expect((await imported(LINES, line)).counts).toEqual({ created: 1 });
    const change = JSON.stringify({ username, name: 'Mallory' });
    expect((await imported(LINES, change, '?on_conflict=update', ['users:write'])).counts).toEqual({ failed: 1 });
  });

  it('are refused as a whole when they cannot be read', async () => {
    const broken: readonly (readonly [string, string | Buffer, number])[] = [
      [CSV, 'username\n"bob', 400],
      [CSV, Buffer.from('username\ncaf\xe9\n', 'latin1'), 400],
      [LINES, 'x'.repeat(70_000), 400],
      [LINES, '{"username":"x"}\n'.repeat(10_001), 413],
      [LINES, Buffer.alloc(4096 * 1024 + 1, 0x20), 413],
      ['text/plain', 'username\nbob\n', 415],
    ];
    for (const [type, body, status] of broken) expect((await sent(type, body)).status, type).toBe(status);
    expect((await sent(LINES, '{}', '?on_conflict=replace')).status).toBe(422);
    const api = await AdminApi.of(running.service, ['users:read']);
    expect((await api.post('/user-imports', { users: [] })).status).toBe(403);
  });

  it('are also read as one JSON document', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('json');
    const answer = await api.post('/user-imports', { users: [{ username }, { username: '' }] });
    expect(answer).toMatchObject({ status: 200, body: { counts: { created: 1, failed: 1 } } });
    expect(
      faultsOf(await api.post('/user-imports', { people: [] }))
        .map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['#/people', '#/users']);
  });

  it.each([
    ['csv', `${CSV}; charset=utf-8`],
    ['jsonl', LINES],
  ])('are written as %s so that they read back the same', async (format, type) => {
    const username = uniqueName('frank');
    const api = await AdminApi.of(running.service);
    const group = uniqueName('group; "with" signs');
    await api.made('/groups', { name: group });
    const claims = { ...everyClaim(username), nickname: '=cmd|calc', name: "'+Frank" };
    const made = await api.made('/users', { username, groups: [group], ...claims });
    const { response, text } = await exported(`?format=${format}`);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-disposition')).toContain(`users.${format}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/password_hash|cheap\$/);
    if (format === 'csv') expect(text).toContain("'=cmd|calc");
    const update = '?on_conflict=update';
    const same = await imported(format === 'csv' ? CSV : LINES, text, update);
    expect(Object.keys(same.counts)).toEqual(['unchanged']);
    await users().delete(String(made['id']));
    const back = await imported(format === 'csv' ? CSV : LINES, text, update);
    expect(back.counts['created']).toBe(1);
    const { created_at: _created, updated_at: _updated, ...members } = made;
    expect((await api.get(`/users/${String(made['id'])}`)).body).toMatchObject(members);
  });

  it('hold hashes of passwords only when they are asked for, by whoever has every scope', async () => {
    const username = uniqueName('grace');
    await imported(LINES, JSON.stringify({ username, password_hash: BCRYPT }));
    expect((await exported('?password_hashes=true', ['users:read'])).response.status).toBe(403);
    const { text } = await exported('?password_hashes=true');
    const line = text.split('\n').find((one) => one.includes(username)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ username, password_hash: BCRYPT });
  });
});
