import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandLine } from '../support/command-line.js';
import { databaseKind } from '../support/databases.js';
import { declaredFolders, treeAt } from '../support/declared-tree.js';
import { anInstallation } from '../support/installation.js';
import { databasesUnderTest } from '../support/start-service.js';

const SECRET = 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu';
const CLIENT = `client_id: desk
client_name: Travel desk
client_secret_from: env:DESK_SECRET
redirect_uris: [https://desk.example/callback]
allowed_groups: [travellers]
`;
const folderOf = declaredFolders();

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))(
  'gatehouse export, plan, apply [%s]',
  (_, url) => {
    let gatehouse: CommandLine;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ gatehouse, close } = await anInstallation(url, { DESK_SECRET: SECRET }));
    }, 60_000);
    afterAll(() => close());

    it('go round: plan, apply, nothing to do, export, nothing to do; with exit codes for scripts', async () => {
      const files = folderOf({ 'groups/a.yaml': 'name: travellers\n', 'clients/desk.yaml': CLIENT });
      const planned = await gatehouse.run(`plan -f ${files}`);
      expect([planned.code, planned.errors]).toEqual([2, '']);
      expect(planned.out).toContain('+ create groups/travellers\n    name: "travellers"\n');
      expect(planned.out).toContain('    client_secret_from: "env:DESK_SECRET"\n');
      const [, digest = ''] = /2 to create, 0 to change, 0 to delete\. Digest: (\S+)/.exec(planned.out) ?? [];
      expect((await gatehouse.run(`plan -f ${files} --json`)).json()).toMatchObject({
        digest,
        changes: [
          { act: 'create', record: 'groups/travellers' },
          { act: 'create', record: 'clients/desk' },
        ],
      });
      const wrong = await gatehouse.run(`apply -f ${files} --plan-digest other`);
      expect([wrong.code, wrong.out]).toEqual([1, '']);
      expect(wrong.errors).toContain('What would change is not what the plan said any more');
      const applied = await gatehouse.run(`apply -f ${files} --plan-digest ${digest}`);
      expect([applied.code, applied.errors]).toEqual([0, '']);
      expect(applied.out).toMatch(/Applied\.\n$/);
      expect(await gatehouse.run(`plan -f ${files}`)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Nothing to do/) as string,
      });

      const output = folderOf({ 'scopes/stale.yaml': 'name: gone\ntitle: Gone\n', 'README.md': 'ours' });
      expect((await gatehouse.answer(`export -o ${output}`))['removed']).toEqual(['scopes/stale.yaml']);
      const tree = treeAt(output);
      expect(Object.keys(tree)).toEqual([
        'README.md',
        'clients/desk.yaml',
        'groups/administrators.yaml',
        'groups/travellers.yaml',
        'settings.yaml',
      ]);
      expect(JSON.stringify(tree)).not.toContain(SECRET);
      expect(await gatehouse.with({ DESK_SECRET: undefined }).run(`plan --prune -f ${output}`)).toMatchObject({
        code: 0,
      });
      const printed = await gatehouse.run('export');
      expect(printed.out).toContain(`---\n# clients/desk.yaml\n${tree['clients/desk.yaml'] ?? ''}`);

      writeFileSync(
        join(output, 'clients', 'desk.yaml'),
        (tree['clients/desk.yaml'] ?? '').replace('Travel desk', 'Trips'),
      );
      rmSync(join(output, 'groups', 'travellers.yaml'));
      const changed = await gatehouse.run(`plan --prune -f ${output}`);
      expect(changed.code).toBe(2);
      expect(changed.out).toContain('~ change clients/desk\n    client_name: "Travel desk" → "Trips"\n');
      expect(changed.out).toContain('- delete groups/travellers\n');
    }, 120_000);

    it('say what is wrong by file and line, for people and for programs, and write nothing', async () => {
      const files = folderOf({ 'groups/a.yaml': 'name: fine\n', 'clients/desk.yaml': `${CLIENT}consent: sometimes\n` });
      const refused = await gatehouse.run(`apply -f ${files}`);
      expect([refused.code, refused.out]).toEqual([1, '']);
      expect(refused.errors).toContain('  clients/desk.yaml:6 #/consent must be one of ask, skip, always\n');
      expect((await gatehouse.run(`plan -f ${files} --json`)).json()).toMatchObject({
        errors: [{ file: 'clients/desk.yaml', line: 6, pointer: '#/consent' }],
      });
      const missing = await gatehouse
        .with({ DESK_SECRET: undefined })
        .run(`apply -f ${folderOf({ 'clients/a.yaml': CLIENT })}`);
      expect(missing.errors).toContain('  clients/a.yaml:3 #/client_secret_from DESK_SECRET is not set\n');
      expect((await gatehouse.run('export')).out).not.toContain('name: fine');
      expect((await gatehouse.run('apply')).code).toBe(2);
      const help = await gatehouse.run('plan --help');
      expect(help.out).toMatch(/--prune[\s\S]*of plan: there is something to do/);
    }, 120_000);
  },
);
