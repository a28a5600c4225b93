import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandLine } from '../support/command-line.js';
import { databaseKind } from '../support/databases.js';
import { anInstallation } from '../support/installation.js';
import { databasesUnderTest } from '../support/start-service.js';

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'clients on the command line [%s]',
  (_, url) => {
    let gatehouse: CommandLine;
    let folder: string;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ gatehouse, folder, close } = await anInstallation(url));
    }, 60_000);
    afterAll(() => close());

    it('are registered from templates, which are listed', async () => {
      const listed = await gatehouse.run('client templates');
      expect(listed.out).toMatch(
        /^template +for +grant types\nweb +Web application with a server +authorization_code\n/,
      );
      const { items } = await gatehouse.answer('client templates');
      expect(items).toHaveLength(6);
      const words = 'client create --template single-page --client-id spa --redirect-uri https://spa.example/cb';
      expect(await gatehouse.answer(words)).toMatchObject({
        ...{ client_id: 'spa', profile: 'browser', token_endpoint_auth_method: 'none' },
        scope: 'openid profile email',
      });
      const refused = await gatehouse.run('client create --template machine --profile native --json');
      expect([refused.code, refused.json()['errors']]).toMatchObject([1, [{ pointer: '#/profile' }]]);
      expect((await gatehouse.run('client create --template fortran')).code).toBe(2);
    });

    it('are looked at, one or all, and end with 1 where an error is found', async () => {
      await gatehouse.answer('client create --template machine --client-id job --name Job');
      const one = await gatehouse.run('client lint job');
      expect([one.code, one.errors]).toEqual([0, '']);
      expect(one.out).toMatch(/^job:\n {2}warning {2}#\/owner {2}Name the user who .+ \[no-owner\]\n/);
      const { items } = await gatehouse.answer('client lint --reach');
      expect(items).toEqual([
        expect.objectContaining({ client_id: 'spa', reached: true }),
        expect.objectContaining({ client_id: 'job', reached: true }),
      ]);
      const words = 'client create --client-id old --redirect-uri https://old.example/cb?next=/ --profile default';
      await gatehouse.answer(words);
      expect((await gatehouse.run('client lint old')).out).toContain('[redirect-forwards, RFC 9700 §4.11.1]');
      expect((await gatehouse.run('client lint nobody')).errors).toBe('There is no client "nobody".\n');
      const file = join(folder, 'gatehouse.json');
      writeFileSync(
        file,
        JSON.stringify({ response_types: ['code token'], grant_types: ['authorization_code', 'implicit'] }),
      );
      await gatehouse.answer(`client create --client-id leaky --redirect-uri https://leaky.example/cb --file ${file}`);
      const leaky = await gatehouse.run('client lint leaky --json');
      expect([leaky.code, leaky.json()]).toMatchObject([1, { items: [{ client_id: 'leaky' }] }]);
      expect(leaky.out).toContain('implicit-token');
    });

    it('have configurations to copy, which are listed or printed as they are', async () => {
      await gatehouse.answer('client create --template machine --client-id copied --name Copied');
      const listed = await gatehouse.run('client configuration copied');
      expect(listed.out).toMatch(
        /^library +for +language +file\nopenid-client +openid-client +javascript +gatehouse.js\n/,
      );
      const printed = await gatehouse.run('client configuration copied --library curl');
      expect(printed).toMatchObject({ code: 0, errors: '' });
      expect(printed.out).toMatch(/^curl --fail-with-body .+\n {2}--user 'copied'":\$GATEHOUSE_CLIENT_SECRET"/);
      expect(await gatehouse.answer('client configuration copied --library curl')).toMatchObject({
        configurations: [{ library: 'curl', text: printed.out }],
      });
      const misfit = await gatehouse.run('client configuration copied --library oidc-client-ts');
      expect([misfit.code, misfit.errors]).toEqual([
        1,
        '"oidc-client-ts" is for single-page applications, and this is a machine one.\n',
      ]);
      expect((await gatehouse.run('client configuration copied --library cobol')).errors).toContain('not a library');
    });

    it('get a further secret beside which the others end after some days', async () => {
      await gatehouse.answer('client create --template machine --client-id rotated');
      const rotated = await gatehouse.run('client rotate-secret rotated --overlap 7');
      expect(rotated.out).toMatch(/^Client rotated has a new secret; the 1 other\(s\) end at .+Z\.\n/);
      const { secrets } = await gatehouse.answer('client show rotated');
      const [old, made] = secrets as { expires_at: string | null }[];
      expect(Date.parse(old?.expires_at ?? '') - Date.now()).toBeCloseTo(7 * 86_400_000, -6);
      expect(made?.expires_at).toBeNull();
      for (const words of ['--overlap 0', '--overlap x', '--overlap 1 --revoke']) {
        expect((await gatehouse.run(`client rotate-secret rotated ${words}`)).code).toBe(2);
      }
    });
  },
);
