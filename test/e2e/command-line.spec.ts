import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JwtSigner } from '#keys/index.js';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { StartUpNotes } from '#platform/observability/index.js';
import { TokenType } from '#standards/jose.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, makeDatabase, type TestDatabase } from '../support/databases.js';
import { databasesUnderTest, freePort, startService, type TestService } from '../support/start-service.js';

type Item = Record<string, unknown>;

const OTHER_KEYS = 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE';

function items(answer: Item): Item[] {
  return answer['items'] as Item[];
}

beforeAll(() => {
  CommandLine.build();
}, 120_000);

for (const url of databasesUnderTest()) {
  describe(`the command line beside a running service [${databaseKind(url)}]`, () => {
    let service: TestService;
    let gatehouse: CommandLine;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
      // A database in memory is one process's own, and each command is another.
      const file = url.startsWith('sqlite:') ? { DATABASE_URL: `sqlite:${join(folder, 'gatehouse.sqlite')}` } : {};
      service = await startService({ database: url, realPasswordHasher: true, env: file });
      const { database, issuer } = service.settings;
      gatehouse = new CommandLine({
        ISSUER: issuer.issuer,
        PORT: String(service.settings.server.port),
        DATABASE_URL: database.url,
        DATA_DIR: database.dataDir,
      });
    });
    afterAll(async () => {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    });

    function rows(sql: string): Promise<Item[]> {
      return service.app.get(Database, { strict: false }).dataSource.query<Item[]>(sql);
    }

    async function bearer(scope: string): Promise<{ authorization: string }> {
      const { code, out, errors } = await gatehouse.run(`token --scope ${scope}`);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      return { authorization: `Bearer ${out.trim()}` };
    }

    function api(path: string, headers: { authorization: string }): Promise<Response> {
      return fetch(service.url(`/api/v1/${path}`), { headers });
    }

    it('makes a user whose password is shown once and stored as a slow hash', async () => {
      const made = await gatehouse.built.answer('user create alice --email alice@corp.example --name Alice');
      const password = String(made['password']);
      expect(made).toMatchObject({ username: 'alice', email: 'alice@corp.example', status: 'active', groups: [] });
      expect(password).toMatch(/^[A-Za-z0-9_-]{20}$/);
      const [stored] = await rows(`SELECT * FROM password WHERE user_id = '${String(made['id'])}'`);
      expect(stored?.['hash']).toMatch(/^\$argon2id\$/);
      const listed = await gatehouse.run('user list');
      expect(listed).toMatchObject({ code: 0, errors: '' });
      expect(listed.out).toMatch(/^username +email +status +groups +id\nalice +alice@corp\.example +active/);
      expect(listed.out).not.toContain(password);
    });

    it('records what it changed, without what it showed once, and verifies that record', async () => {
      const made = await gatehouse.built.answer('user create recorded');
      const sql = `SELECT * FROM audit_event WHERE name = 'admin.acted' AND user_id = '${String(made['id'])}'`;
      const [act] = await rows(sql);
      expect(act).toMatchObject({ actor_kind: 'system' });
      expect(act?.['details']).toContain('"target":"gatehouse user create"');
      expect(act?.['details']).toContain('recorded');
      expect(act?.['details']).not.toContain(String(made['password']));
      await service.app.get(JobsService, { strict: false }).runNow('seal-audit');
      expect(await gatehouse.built.answer('audit verify')).toMatchObject({ intact: true, unsealed: 0, findings: [] });
      const { details, sequence } = (await rows(sql))[0] ?? {};
      const edit = (text: unknown) =>
        rows(`UPDATE audit_event SET details = '${String(text)}' WHERE sequence = ${Number(sequence)}`);
      await edit('{}');
      const edited = await gatehouse.run('audit verify');
      expect(edited.code).toBe(1);
      expect(edited.out).toContain(`Row ${Number(sequence)} (${String(act?.['id'])}) was edited.`);
      await edit(details);
      const file = join(folder, 'audit.jsonl');
      await gatehouse.built.answer(`audit export ${file} --user-id ${String(made['id'])}`);
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(lines.map((line) => (JSON.parse(line) as Item)['name'])).toContain('admin.acted');
    });

    it('says which setting is another than that of the service, instead of calling what it signed changed', async () => {
      await gatehouse.answer('user create elsewhere');
      await service.app.get(JobsService, { strict: false }).runNow('seal-audit');
      const elsewhere = gatehouse.with({ ISSUER: 'http://localhost:4999' });
      const audit = await elsewhere.run('audit verify');
      const said = `says that it was signed for the issuer ${service.issuer}, and ISSUER is http://localhost:4999 here: run this with the settings of the service, ISSUER=${service.issuer} among them.`;
      expect([audit.code, audit.out]).toEqual([1, expect.stringContaining(said)]);
      expect((await elsewhere.run('audit verify --json')).json()).toMatchObject({
        intact: false,
        findings: [{ kind: 'elsewhere', doubt: { because: 'issuer', signedFor: service.issuer } }],
      });
      const file = join(folder, 'receipt.jws');
      const signed = await service.app
        .get(JwtSigner, { strict: false })
        .sign(
          { iss: service.issuer, sub: 'a', iat: 1_800_000_000 },
          { algorithm: 'ES256', typ: TokenType.ConsentReceipt },
        );
      writeFileSync(file, signed);
      expect((await gatehouse.run(`receipt verify ${file}`)).code).toBe(0);
      const receipt = await elsewhere.run(`receipt verify ${file}`);
      expect([receipt.code, receipt.out]).toEqual([1, `not verified: the receipt ${said}\n`]);
      const emptied = gatehouse.with({ DATABASE_URL: `sqlite:${join(folder, 'empty.sqlite')}` });
      const unknown = await emptied.run(`receipt verify ${file}`);
      expect(unknown.code).toBe(1);
      expect(unknown.out).toContain('which is not in this database: run this with the DATABASE_URL (or DATA_DIR)');
    });

    it('takes a password from standard input, by the rules of REST, and does not show it', async () => {
      const weak = await gatehouse.run('user create bob --password-stdin --json', 'password1\n');
      expect(weak.code).toBe(1);
      expect(weak.json()['errors']).toMatchObject([{ pointer: '#/password' }]);
      const made = await gatehouse.built.run('user create bob --password-stdin', 'correct horse battery\n');
      expect(made).toMatchObject({ code: 0, errors: '' });
      expect(made.out).toMatch(/^User bob was added \(id [0-9a-f-]{36}\)\.\n$/);
      const again = await gatehouse.run('user create Bob --no-password');
      expect(again).toMatchObject({ code: 1, out: '' });
      expect(again.errors).toContain('#/username is taken');
    });

    it('disables, enables, and gives another password', async () => {
      expect(await gatehouse.answer('user disable alice@corp.example')).toMatchObject({ status: 'disabled' });
      expect(await gatehouse.answer('user enable alice')).toMatchObject({ status: 'active' });
      const [before] = await rows('SELECT hash FROM password ORDER BY user_id');
      const { out } = await gatehouse.run('user reset-password alice');
      expect(out).toMatch(/Password, shown this once: [A-Za-z0-9_-]{20}\n$/);
      const [after] = await rows('SELECT hash FROM password ORDER BY user_id');
      expect(after).not.toEqual(before);
    });

    it('makes an administrator of a user: the way back in', async () => {
      const notes = () => service.app.get(StartUpNotes, { strict: false }).lines();
      expect((await notes()).join()).toContain('/set-up?token=');
      expect(await gatehouse.answer('user grant-admin bob')).toMatchObject({ groups: ['administrators'] });
      const answer = await api('users?group=administrators', await bearer('users:read'));
      expect(items((await answer.json()) as Item)).toMatchObject([{ username: 'bob' }]);
      expect((await notes()).join()).not.toContain('/set-up');
    });

    it('registers a client whose secret is shown once and stored as a digest', async () => {
      const words = 'client create --client-id shop --name Shop --redirect-uri https://shop.example/cb';
      const made = await gatehouse.built.answer(words);
      const secret = String(made['client_secret']);
      expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      const digest = createHash('sha256').update(secret).digest('base64url');
      const stored = await rows("SELECT * FROM client_secret WHERE client_id = 'shop'");
      expect(stored).toMatchObject([{ digest }]);
      expect(JSON.stringify(stored)).not.toContain(secret);
      const shown = await gatehouse.run('client show shop');
      expect(shown.out).toContain('https://shop.example/cb');
      expect(shown.out).not.toContain(secret);
      expect(items(await gatehouse.answer('client list')).map((client) => client['client_id'])).toContain('shop');
    });

    it('registers a client with members that have no option, from a file', async () => {
      const file = join(folder, 'client.yaml');
      const members = [
        'client_name: From a file',
        'redirect_uris: [https://file.example/cb]',
        'grant_types: [authorization_code, implicit]',
        'response_types: [code id_token]',
        'subject_type: pairwise',
        'backchannel_logout_uri: https://file.example/signed-out',
      ];
      writeFileSync(file, members.join('\n'));
      const made = await gatehouse.answer(`client create --client-id filed --name Filed --file ${file}`);
      const known = { client_id: 'filed', client_name: 'Filed', subject_type: 'pairwise' };
      expect(made).toMatchObject({ ...known, response_types: ['code id_token'] });
      expect(await gatehouse.answer('client show filed')).toMatchObject(known);
      writeFileSync(file, 'redirect_uris: [https://file.example/cb]\nsubject_type: both\nnick: x');
      const refused = await gatehouse.run(`client create --file ${file} --json`);
      expect([refused.code, refused.json()['errors']]).toMatchObject([
        1,
        [{ pointer: '#/nick' }, { pointer: '#/subject_type' }],
      ]);
      writeFileSync(file, '[]');
      expect((await gatehouse.run(`client create --file ${file}`)).errors).toContain('does not hold one client');
      expect((await gatehouse.run(`client create --file ${join(folder, 'none.yaml')}`)).code).toBe(1);
      expect((await gatehouse.run('client delete filed')).code).toBe(0);
    });

    it('refuses a client by the rules of REST, with all faults at once', async () => {
      const faulty = 'client create --redirect-uri http://shop.example/cb --scope openid nonsense --json';
      const refusal = await gatehouse.run(faulty);
      expect(refusal.code).toBe(1);
      expect(refusal.json()['errors']).toMatchObject([{ pointer: '#/redirect_uris/0' }, { pointer: '#/scope' }]);
      expect((await gatehouse.run('client create --client-id shop --redirect-uri https://a.example/')).code).toBe(1);
    });

    it('rotates the secret of a client without an outage, or at once', async () => {
      const secrets = () => rows("SELECT digest FROM client_secret WHERE client_id = 'shop'");
      await gatehouse.answer('client rotate-secret shop');
      expect(await secrets()).toHaveLength(2);
      const last = await gatehouse.answer('client rotate-secret shop --revoke');
      const digest = createHash('sha256').update(String(last['client_secret'])).digest('base64url');
      expect(await secrets()).toMatchObject([{ digest }]);
    });

    it('deletes a client, and says when something is not there', async () => {
      expect(await gatehouse.answer('client delete shop')).toEqual({ client_id: 'shop', deleted: true });
      const missing = ['client show shop', 'client delete shop', 'client rotate-secret shop', 'user disable nobody'];
      for (const words of missing) {
        const result = await gatehouse.run(words);
        expect(result).toMatchObject({ code: 1, out: '' });
        expect(result.errors).toMatch(/^There is no (client "shop"|user "nobody")\.\n$/);
      }
    });

    it('prints a token of ten minutes that is good for the admin API of the running service', async () => {
      const answer = await gatehouse.built.answer('token --scope clients:read');
      expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'clients:read' });
      const own = { authorization: `Bearer ${String(answer['access_token'])}` };
      const clients = await api('clients/gatehouse-cli', own);
      expect(await clients.json()).toMatchObject({ client_id: 'gatehouse-cli', profile: 'm2m' });
      expect((await api('users', own)).status).toBe(403);
      // Nobody can authenticate as the client of the command line.
      expect(await rows("SELECT * FROM client_secret WHERE client_id = 'gatehouse-cli'")).toEqual([]);
    });

    it('makes no token that would be refused: the client of the command line can be disabled like any other', async () => {
      const own = await bearer('clients:read clients:write');
      await rows("UPDATE client SET status = 'disabled' WHERE client_id = 'gatehouse-cli'");
      // What is changed by hand is noticed after ten seconds, what the command line changes after half a second.
      service.clock.advance('10s');
      expect((await api('clients', own)).status).toBe(401);
      const refused = await gatehouse.run('token --scope clients:read');
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.errors).toContain('gatehouse client delete gatehouse-cli');
      await gatehouse.answer('client delete gatehouse-cli');
      service.clock.advance('500ms');
      expect((await api('clients', await bearer('clients:read'))).status).toBe(200);
    });

    it('lists and rotates keys', async () => {
      const rotated = await gatehouse.answer('key rotate --alg ES256');
      const own = items(rotated).filter(({ alg }) => alg === 'ES256');
      expect(own.map(({ status }) => status).toSorted()).toEqual(['active', 'next']);
      expect(items(await gatehouse.answer('key list'))).toHaveLength(10);
    });

    it('has a doctor, who finds nothing red', async () => {
      // The doctor has the machine's clock: what it makes must not seem to come from the future.
      service.clock.advance('5m');
      expect(await gatehouse.answer('doctor')).toMatchObject({ issuer: service.issuer, healthy: true });
    });

    it('makes new keys when SECRET_KEYS is lost, so that the service can start again', async () => {
      const bereft = gatehouse.with({ SECRET_KEYS: OTHER_KEYS });
      const refused = await bereft.run('token --scope clients:read');
      expect(refused).toMatchObject({ code: 78, out: '' });
      expect(refused.errors).toContain('SECRET_KEYS no longer lists the key');
      expect(items(await bereft.answer('key rotate --revoke')).map(({ status }) => status)).toEqual(
        Array.from({ length: 9 }, () => 'active'),
      );
      expect((await bereft.run('token --scope clients:read')).code).toBe(0);
    });
  });

  describe(`the command line on an empty database [${databaseKind(url)}]`, () => {
    let database: TestDatabase;
    let gatehouse: CommandLine;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
      database = await makeDatabase(url);
      const own = url.startsWith('sqlite:') ? `sqlite:${join(folder, 'gatehouse.sqlite')}` : database.url;
      gatehouse = new CommandLine({ DATA_DIR: folder, DATABASE_URL: own });
    });
    afterAll(async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('refuses a schema that is behind, and migrates it', async () => {
      const still = gatehouse.with({ MIGRATE_ON_START: 'false' });
      const behind = await still.run('user list');
      expect(behind).toMatchObject({ code: 78, out: '' });
      expect(behind.errors).toContain('npm run migrate');
      const { applied } = await still.built.answer('migrate');
      expect(applied).toContain('Clients1767225601200');
      expect(await still.answer('migrate')).toEqual({ applied: [] });
      expect(await still.answer('user list')).toEqual({ items: [] });
    });

    it('applies a seed file as a whole or not at all', async () => {
      const file = join(folder, 'seed.json');
      writeFileSync(file, JSON.stringify({ users: [{ username: 'carol' }], clients: [{ client_id: 'x' }] }));
      const refused = await gatehouse.run(`seed ${file} --json`);
      expect(refused.code).toBe(1);
      expect(refused.json()['errors']).toMatchObject([{ pointer: '#/clients/0/redirect_uris' }]);
      expect(await gatehouse.answer('user list')).toEqual({ items: [] });
      writeFileSync(file, JSON.stringify({ users: [{ id: 'carol', username: 'carol' }] }));
      for (let times = 0; times < 2; times += 1) {
        expect(await gatehouse.with({ SEED_FILE: file }).answer('seed')).toMatchObject({ users: 1, clients: 0 });
      }
      expect(items(await gatehouse.answer('user list'))).toMatchObject([{ id: 'carol', username: 'carol' }]);
    });
  });
}

describe('the command line', () => {
  let folder: string;
  let gatehouse: CommandLine;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
    gatehouse = new CommandLine({ DATA_DIR: folder });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('explains itself and its exit codes', async () => {
    const help = await gatehouse.built.run('key rotate --help');
    expect(help).toMatchObject({ code: 0, errors: '' });
    expect(help.out).toContain('--revoke');
    expect(help.out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}78 /);
  });

  it.each([
    ['user', /Usage: gatehouse user/],
    ['user creat', /unknown command/],
    ['user create', /missing required argument/],
    ['key rotate --alg HS256', /Allowed choices are RS256/],
    ['token', /--scope/],
    ['token --scope clients:read everything', /Not a scope of the admin API: everything/],
    ['seed', /SEED_FILE/],
  ])('says what is wrong with "%s", and ends with 2', async (words, said) => {
    const result = await gatehouse.run(words);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.errors).toMatch(said);
  });

  it('shows the effective settings without a secret', async () => {
    const env = { SMTP_URL: 'smtp://mailer:hush-hush@mail.example', SECRET_KEYS: OTHER_KEYS };
    const answer = await gatehouse.with(env).answer('settings');
    expect(answer['settings']).toContainEqual({ name: 'PORT', value: '3000', from: 'default' });
    expect(answer['settings']).toContainEqual({ name: 'SECRET_KEYS', value: '********', from: 'environment' });
    expect(JSON.stringify(answer)).not.toMatch(/hush-hush|nQ3vZrT0/);
  });

  it('names all wrong settings at once and ends with 78', async () => {
    const wrong = gatehouse.with({ PORT: 'x', ISSUER: 'http://login.corp.example' });
    const told = await wrong.built.run('user list');
    expect(told).toMatchObject({ code: 78, out: '' });
    expect(told.errors).toMatch(/PORT[\s\S]*ISSUER|ISSUER[\s\S]*PORT/);
    const refusal = await wrong.run('settings --json');
    expect(refusal.code).toBe(78);
    expect((refusal.json()['errors'] as Item[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['PORT', 'ISSUER']),
    );
  });

  it('says that the database cannot be used', async () => {
    const lost = gatehouse.with({ DATABASE_URL: `mariadb://root:hush-hush@127.0.0.1:${await freePort()}/gone` });
    const result = await lost.run('client list');
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.errors).toMatch(/^The database cannot be used: ECONNREFUSED/);
    expect(result.errors).not.toContain('hush-hush');
  });

  it('runs the doctor, and ends with 1 when it sees red', async () => {
    const port = String(await freePort());
    const result = await gatehouse
      .with({ DATABASE_URL: `sqlite:${join(folder, 'x.sqlite')}`, PORT: port })
      .built.run('doctor --json');
    expect(result).toMatchObject({ code: 1, errors: '' });
    expect(result.json()).toMatchObject({ issuer: `http://localhost:${port}`, healthy: false });
    const elsewhere = await gatehouse.run(`doctor --issuer http://127.0.0.1:${port}`);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.out).toMatch(/^Examination of http:\/\/127\.0\.0\.1:\d+\n\n {2}RED +service +cannot be reached/);
  });
});
