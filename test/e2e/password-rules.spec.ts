import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SetUpLinks } from '#authentication/index.js';
import { AdminApi } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, uniqueName } from '../support/given.js';
import type { Visit } from '../support/user-agent.js';
import { LeakedPasswordsServer } from '../support/leaked-passwords-server.js';

const LEAKED = 'a long walk by the leaking river';

let list: LeakedPasswordsServer;
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  list = await LeakedPasswordsServer.start(LEAKED);
  Object.assign(env, list.env);
});
afterEach(() => {
  list.status = 200;
  list.asked.length = 0;
});
afterAll(() => list.close());

function leastOf({ html }: Visit): string | undefined {
  return html.tags.find(({ attributes }) => attributes.get('id') === 'password')?.attributes.get('minlength');
}

onEveryDatabase(
  'what a password must be like (NIST SP 800-63B-4 §3.1.1.2)',
  (running) => {
    const added = async (password: string) => {
      const api = await AdminApi.of(running.service, ['users:write']);
      const { status, body } = await api.post('/users', { username: uniqueName('user'), password });
      const { errors = [] } = body as { errors?: { pointer: string; detail: string }[] };
      return { status, errors };
    };

    it('is not on a published list of leaked ones, which is told five characters of a digest and no more', async () => {
      expect(await added(LEAKED)).toEqual({
        status: 422,
        errors: [{ pointer: '#/password', detail: 'is in a published list of leaked passwords' }],
      });
      const digest = createHash('sha1').update(LEAKED).digest('hex').toUpperCase();
      expect(list.asked).toEqual([{ path: `/range/${digest.slice(0, 5)}`, padding: 'true' }]);
      expect((await added('a long walk by the dry river')).status).toBe(201);
    });

    it('is accepted when the list does not answer, and the operator sees it', async () => {
      list.status = 503;
      expect((await added(LEAKED)).status).toBe(201);
      expect(running.service.logs.text).toContain('could not ask whether a password has leaked');
      const metrics = await (await fetch(running.service.url('/metrics'))).text();
      expect(metrics).toMatch(/gatehouse_leaked_password_checks_total\{outcome="failed"\} [1-9]/);
    });

    it('is not asked about when it is refused anyway', async () => {
      expect((await added('password')).errors).toEqual([
        { pointer: '#/password', detail: 'is one of those that are guessed first' },
      ]);
      expect((await added('x'.repeat(129))).errors).toEqual([
        { pointer: '#/password', detail: 'must not have more than 128 characters' },
      ]);
      expect((await added('x7Kp2qw')).errors).toEqual([
        { pointer: '#/password', detail: 'must have at least 8 characters' },
      ]);
      expect(list.asked).toEqual([]);
    });

    it('has 15 characters where it is all one signs in with, and 8 beside a required second factor', async () => {
      const api = await AdminApi.of(running.service, ['settings:write']);
      const link = (await running.service.app.get(SetUpLinks, { strict: false }).issue()) ?? '';
      const browser = aBrowser(running.service);
      const page = await browser.visit(link);
      expect(leastOf(page)).toBe('15');
      const root = { email: `${uniqueName('root')}@corp.example`, name: 'Root', password: 'x7Kp2qw9' };
      expect((await browser.submit(page, '#set-up', root)).status).toBe(422);
      await api.patch('/settings', { second_factor: 'required' });
      const again = await browser.visit(link);
      expect(leastOf(again)).toBe('8');
      expect((await browser.submit(again, '#set-up', { ...root, password: 'x7Kp2qw' })).status).toBe(422);
      const accepted = await browser.submit(await browser.visit(link), '#set-up', root);
      expect(accepted.hops[0]?.status).toBe(303);
      await api.patch('/settings', { second_factor: null });
    });
  },
  { env },
);
