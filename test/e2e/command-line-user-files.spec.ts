import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandLine } from '../support/command-line.js';
import { databaseKind } from '../support/databases.js';
import { anInstallation } from '../support/installation.js';
import { databasesUnderTest } from '../support/start-service.js';

const BCRYPT = '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e';

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'files of users on the command line [%s]',
  (_, url) => {
    let gatehouse: CommandLine;
    let folder: string;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ gatehouse, folder, close } = await anInstallation(url));
    }, 60_000);
    afterAll(() => close());

    it('come in from a file and from standard input, with a report, and rehearsed first', async () => {
      const file = join(folder, 'users.csv');
      writeFileSync(file, `username,name,password_hash\nann,Ann,${BCRYPT}\n,Nobody,\n`);
      const rehearsal = await gatehouse.run(`user import ${file} --dry-run`);
      expect(rehearsal.code).toBe(1);
      expect(rehearsal.out).toMatch(/^Line 3: #\/username .+\nNothing was written\. 1 created, 1 failed\.\n$/);
      expect((await gatehouse.answer('user list'))['items']).toEqual([]);
      const done = await gatehouse.run(`user import ${file} --json`);
      expect(done.code).toBe(1);
      expect(done.json()).toMatchObject({ complete: false, counts: { created: 1, failed: 1 } });
      const again = await gatehouse.answer('user import --format jsonl --on-conflict update', '{"username":"ann"}\n');
      expect(again).toMatchObject({ complete: true, counts: { unchanged: 1 } });
      expect((await gatehouse.run('user import', 'not JSON')).out).toBe('Line 1: # is not JSON\n1 failed.\n');
      const broken = await gatehouse.run('user import --format csv', 'username\n"ann');
      expect([broken.code, broken.errors]).toEqual([1, expect.stringContaining('no CSV') as string]);
      expect((await gatehouse.run(`user import ${join(folder, 'nothing.csv')}`)).code).toBe(1);
      expect((await gatehouse.run('user import --format xml')).code).toBe(2);
    });

    it('go out to a file that nobody else may read, and with hashes only when they are asked for', async () => {
      const file = join(folder, 'out.jsonl');
      await gatehouse.answer(`user export ${file}`);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).not.toContain('password_hash');
      await gatehouse.answer(`user export ${file} --password-hashes`);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ username: 'ann', password_hash: BCRYPT });
      const csv = join(folder, 'out.csv');
      await gatehouse.answer(`user export ${csv}`);
      expect(readFileSync(csv, 'utf8')).toMatch(/^name,.*username.*\n.*ann/);
      expect(await gatehouse.answer(`user import ${csv} --on-conflict update`)).toMatchObject({
        counts: { unchanged: 1 },
      });
    });
  },
);
