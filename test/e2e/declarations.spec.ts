import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { PlanChanged } from '#admin/index.js';
import { ClientSecretsService } from '#clients/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { DeclaredSide } from '../support/declared-side.js';
import { declaredFolders } from '../support/declared-tree.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';
import { selfRegistered } from '../support/self-registered.js';

const SECRET = 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu';
const OTHER = 'another-secret-of-more-than-32-characters';
const folderOf = declaredFolders();

onEveryDatabase(
  'records declared in files',
  (running) => {
    let admin: AdminApi;

    beforeAll(async () => {
      admin = await AdminApi.of(running.service);
    });

    const side = (variables: Readonly<Record<string, string>> = { DESK: SECRET }): DeclaredSide =>
      new DeclaredSide(running.service, { folderOf, variables });

    const secrets = (): ClientSecretsService => running.service.app.get(ClientSecretsService, { strict: false });

    const actsOn = async (target: string): Promise<Json[]> => {
      const acts = await admin.all('/audit-events', { name: 'admin.acted' });
      return acts
        .map((one) => one['details'] as Json)
        .filter((details) => details['target'] === `gatehouse apply ${target}`);
    };

    /** Records of every kind that refer to one another, under names that nobody else has. */
    function aTree(owner: string) {
      const names = {
        group: uniqueName('Travellers'),
        api: `https://${uniqueName('api')}.example/v1`,
        scope: uniqueName('trips.read'),
        attribute: uniqueName('cost').replaceAll('-', '_'),
        client: uniqueName('desk'),
        slug: uniqueName('git'),
        directory: uniqueName('Head office'),
      };
      const client = {
        client_id: names.client,
        client_name: 'Travel desk',
        owner,
        redirect_uris: ['https://desk.example/callback'],
        scope: `openid ${names.scope}`,
        optional_scope: names.scope,
        allowed_groups: [names.group],
        consent_durations: ['once', 'days'],
        client_secret_from: 'env:DESK',
      };
      const records = {
        'groups/a.yaml': { name: names.group, description: 'May book' },
        'resources/a.yml': { identifier: names.api, name: 'Trips', introspection_clients: [names.client] },
        'scopes/a.yaml': { name: names.scope, resource: names.api, title: 'See trips' },
        'user_attributes/a.yaml': { name: names.attribute, type: 'string', title: 'Cost centre' },
        'clients/a.yaml': client,
        'claim_mappings/a.yaml': {
          claim: 'cost',
          client_id: names.client,
          source: 'attribute',
          attribute: names.attribute,
        },
        'identity_providers/a.yaml': {
          preset: 'github',
          slug: names.slug,
          client_id: 'x',
          client_secret_from: 'env:DESK',
        },
        'directories/a.yaml': { name: names.directory, urls: ['ldaps://d.example'], base_dn: 'dc=example' },
      };
      const tree = Object.fromEntries(Object.entries(records).map(([file, record]) => [file, stringify(record)]));
      return { names, tree, client };
    }

    it('are planned without a write, applied as a whole, and then are nothing to do; each is on record', async () => {
      const owner = await aUser(running.service);
      const { names, tree } = aTree(owner.username);
      const made = [
        `create user_attributes/${names.attribute}`,
        `create groups/${names.group}`,
        `create resources/${names.api}`,
        `create scopes/${names.scope}`,
        `create clients/${names.client}`,
        `create claim_mappings/${names.client} openid cost`,
        `create identity_providers/${names.slug}`,
        `create directories/${names.directory}`,
      ];
      expect(await side().acts(tree)).toEqual(made);
      expect((await admin.get(`/clients/${names.client}`)).status).toBe(404);
      await side().apply(tree);
      expect((await admin.get(`/clients/${names.client}`)).body).toMatchObject({
        owner: owner.id,
        allowed_groups: [names.group],
      });
      expect(await secrets().verify(names.client, SECRET)).toBeDefined();
      expect(await side().acts(tree)).toEqual([]);
      const tag = (await admin.get(`/clients/${names.client}`)).headers.get('etag');
      expect((await side().apply(tree)).changes).toEqual([]);
      expect((await admin.get(`/clients/${names.client}`)).headers.get('etag')).toBe(tag);
      const [act, ...others] = await actsOn(`clients/${names.client}`);
      expect(others).toEqual([]);
      expect(act).toMatchObject({ act: 'create' });
      expect(JSON.stringify(act)).not.toContain(SECRET);
    });

    it('are exported with names for references, and without any id, secret or digest', async () => {
      const owner = await aUser(running.service);
      const { names, tree } = aTree(owner.username);
      await side().apply(tree);
      const exported = await side().export();
      const all = Object.values(exported).join('\n');
      expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
      expect(all).not.toContain(SECRET);
      expect(all).not.toContain('gatehouse-cli');
      expect(all).toContain(`owner: ${owner.username}`);
      const text = exported[`clients/${names.client}.yaml`] ?? '';
      expect(text).toMatch(
        new RegExp(`^client_id: ${names.client}\\nclient_name: Travel desk\\nclient_secret_from: kept\\n`),
      );
      expect(await side({}).acts(exported, true)).toEqual([]);
    });

    it('show what changes member by member, with what it was, and change nothing else', async () => {
      const { names, tree, client } = aTree((await aUser(running.service)).username);
      await side().apply(tree);
      const { consent_durations: _gone, ...rest } = client;
      const changed = stringify({ ...rest, client_name: 'Trips', client_secret_from: 'env:OTHER' });
      const plan = await side({ DESK: SECRET, OTHER }).plan({ ...tree, 'clients/a.yaml': changed });
      expect(plan.changes.map(({ name, changes }) => [name, changes])).toEqual([
        [
          names.client,
          expect.arrayContaining([
            { pointer: '#/client_name', from: 'Travel desk', to: 'Trips' },
            { pointer: '#/consent_durations', from: ['once', 'days'] },
            { pointer: '#/client_secret_from', from: 'kept', to: 'env:OTHER' },
          ]),
        ],
      ]);
      await side({ DESK: SECRET, OTHER }).apply({ ...tree, 'clients/a.yaml': changed });
      expect(await secrets().verify(names.client, OTHER)).toBeDefined();
      expect(await secrets().verify(names.client, SECRET)).toBeUndefined();
      const [, act] = (await actsOn(`clients/${names.client}`)).sort((a, b) =>
        String(a['act']).localeCompare(String(b['act'])),
      );
      expect(act).toMatchObject({ act: 'update' });
      expect(act?.['changes']).toContainEqual({ pointer: '#/client_name', from: 'Travel desk', to: 'Trips' });
    });

    it('take what is missing for deleted only when told so, and only of kinds that have a folder', async () => {
      const { names, tree } = aTree((await aUser(running.service)).username);
      await side().apply(tree);
      const { 'scopes/a.yaml': _scope, 'clients/a.yaml': _client, 'claim_mappings/a.yaml': _mapping, ...fewer } = tree;
      expect(await side().acts(fewer)).toEqual([]);
      const pruning = new DeclaredSide(running.service, { folderOf, variables: { DESK: SECRET }, folders: ['scopes'] });
      const exported = await side().export();
      const others = Object.entries(exported).filter(
        ([file]) => file.startsWith('scopes/') && !file.includes(names.scope),
      );
      expect(await pruning.acts(Object.fromEntries(others), true)).toEqual([`delete scopes/${names.scope}`]);
      await pruning.apply(Object.fromEntries(others), true);
      expect((await admin.get(`/scopes/${names.scope}`)).status).toBe(404);
      expect((await admin.get(`/clients/${names.client}`)).status).toBe(200);
      expect(await actsOn(`scopes/${names.scope}`)).toHaveLength(2);
    });

    it('never take away what is part of the service, nor clients that registered themselves, nor are these described', async () => {
      const { client_id: itself } = await selfRegistered(running.service);
      const folders = ['groups', 'scopes', 'resources', 'clients'];
      const acts = await new DeclaredSide(running.service, { folderOf, folders }).acts({}, true);
      expect(acts).toContain(`delete clients/${admin.machine.client.clientId}`);
      const ours = ['groups/administrators', 'scopes/openid', 'scopes/clients:read', `clients/${String(itself)}`];
      const texts = Object.values(await side().export()).join('\n');
      for (const one of [...ours, `resources/${running.service.issuer}/api/v1`])
        expect(acts).not.toContain(`delete ${one}`);
      expect(texts).not.toContain(String(itself));
      expect(texts).not.toContain('name: clients:read');
    });

    it('are not applied when something else would change than the plan said, or when two apply at once', async () => {
      const { names, tree, client } = aTree((await aUser(running.service)).username);
      await side().apply(tree);
      const renamed = { ...tree, 'clients/a.yaml': stringify({ ...client, client_name: 'Renamed' }) };
      const { digest } = await side().plan(renamed);
      await admin.patch(`/clients/${names.client}`, { client_name: 'By somebody else' });
      await expect(side().apply(renamed, false, digest)).rejects.toThrow(PlanChanged);
      expect((await admin.get(`/clients/${names.client}`)).body['client_name']).toBe('By somebody else');
      await side().apply(renamed, false, (await side().plan(renamed)).digest);
      const versions = ['One', 'Two', 'Three'].map((name) => ({
        ...tree,
        'clients/a.yaml': stringify({ ...client, client_name: name }),
        'groups/a.yaml': stringify({ name: names.group, description: name }),
      }));
      const ends = await Promise.allSettled(versions.map((version) => side().apply(version)));
      expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
      const groups = await admin.all('/groups', { q: names.group });
      expect((await admin.get(`/clients/${names.client}`)).body['client_name']).toBe(groups[0]?.['description']);
    });

    it('keep a secret that is the one they have, whoever made it, and refuse what cannot be resolved', async () => {
      const made = await admin.made('/clients', { redirect_uris: ['https://rp.example/cb'] });
      const id = String(made['client_id']);
      const text = (await side().export())[`clients/${id}.yaml`] ?? '';
      const named = { 'clients/a.yaml': text.replace('kept', 'env:DESK') };
      expect(await side({ DESK: String(made['client_secret']) }).acts(named)).toEqual([]);
      const file = join(folderOf({}), 'secret');
      writeFileSync(file, `${String(made['client_secret'])}\n`);
      expect(await side().acts({ 'clients/a.yaml': text.replace('kept', `file:${file}`) })).toEqual([]);
      for (const [reference, detail] of [
        ['env:MISSING', 'MISSING is not set'],
        ['env:EMPTY', 'is empty'],
        [`file:${file}-missing`, 'the file cannot be read, or is too long'],
        ['file:/dev/zero', 'the file cannot be read, or is too long'],
        ['the-secret-itself', 'must be env:NAME, file:path or kept'],
      ]) {
        const tree = {
          'clients/a.yaml': text.replace('kept', String(reference)).replace('client_id', 'client_name: New\nclient_id'),
        };
        expect(await side({ EMPTY: '' }).faults(tree)).toEqual([
          `clients/a.yaml:3 #/client_secret_from ${String(detail)}`,
        ]);
      }
      expect((await admin.get(`/clients/${id}`)).body['client_name']).toBeUndefined();
    });

    it('need a secret that somebody knows when they are new', async () => {
      const client = { client_id: uniqueName('desk'), redirect_uris: ['https://rp.example/cb'] };
      const needed =
        'clients/a.yaml:1 #/client_secret_from is needed: a secret that is made here would be shown to nobody';
      expect(await side().faults({ 'clients/a.yaml': stringify(client) })).toEqual([needed]);
      const kept = { ...client, client_secret_from: 'kept' };
      expect(await side().faults({ 'clients/a.yaml': stringify(kept) })).toEqual([
        'clients/a.yaml:4 #/client_secret_from has no secret to keep: name env:NAME or file:path',
      ]);
      const open = { ...client, client_secret: SECRET };
      expect(await side().faults({ 'clients/a.yaml': stringify(open) })).toEqual([
        'clients/a.yaml:4 #/client_secret is not taken from a file: say client_secret_from',
      ]);
    });

    it('are refused as a whole, with every fault by file and line', async () => {
      const group = uniqueName('fine');
      const tree = {
        'groups/fine.yaml': `name: ${group}\n`,
        'groups/unknown.yaml': 'name: a\n\nmembers: []\n',
        'groups/twice.yaml': 'name: a\nname: b\n',
        'groups/same.yaml': `description: again\nname: ${group}\n`,
        'groups/text.yaml': 'just text',
        'clients/bad.yaml': 'client_id: x\nstatus: asleep\n',
        'clients/own.yaml': 'client_id: gatehouse-cli\n',
      };
      expect(await side().faults(tree)).toEqual([
        'clients/bad.yaml:2 #/status must be one of active, disabled',
        'clients/own.yaml:1 # is the client of the command line',
        `groups/same.yaml:1 # is the same record as groups/fine.yaml`,
        expect.stringMatching(/^groups\/text\.yaml:1 # must be an object$/),
        'groups/twice.yaml:2 # has a name twice',
        'groups/unknown.yaml:3 #/members is not a member that is known here',
      ]);
      expect(await admin.all('/groups', { q: group })).toEqual([]);
    });

    it('are refused by the rules of the records and for references that lead nowhere, and nothing is half written', async () => {
      const group = uniqueName('half');
      const tree = {
        'groups/half.yaml': `name: ${group}\n`,
        'scopes/a.yaml': 'name: trips\ntitle: Trips\nresource: https://nowhere.example/\n',
        'clients/a.yaml': stringify({
          client_id: uniqueName('desk'),
          owner: 'nobody-at-all',
          redirect_uris: ['https://rp.example/cb'],
          token_endpoint_auth_method: 'none',
        }),
        'clients/b.yaml': stringify({
          client_id: uniqueName('desk'),
          token_endpoint_auth_method: 'none',
          allowed_groups: [group, 'no-such-group'],
          redirect_uris: ['not a uri'],
        }),
        'claim_mappings/a.yaml': 'claim: cost\nsource: attribute\nattribute: nothing\n',
      };
      expect(await side().faults(tree)).toEqual([
        'scopes/a.yaml:3 #/resource is not the identifier of an API here',
        'clients/a.yaml:2 #/owner is not the name of a user',
        expect.stringMatching(/^clients\/b\.yaml:7 #\/redirect_uris\/0 /),
        'clients/b.yaml:5 #/allowed_groups/1 is not the name of a group',
        'claim_mappings/a.yaml:3 #/attribute is not a declared attribute',
      ]);
      expect(await admin.all('/groups', { q: group })).toEqual([]);
    });

    it('are read from so much and no further: aliases, nesting, size, links, other files', async () => {
      const bomb = [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefghi'.split('').map((name, at) => {
          const before = 'abcdefgh'[at] ?? '';
          return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
        }),
      ].join('\n');
      const outside = folderOf({ 'secret.yaml': 'name: outside\n' });
      const root = folderOf({
        'groups/bomb.yaml': bomb,
        'groups/deep.yaml': '['.repeat(200_000),
        'groups/two.yaml': 'name: a\n---\nname: b\n',
        'groups/huge.yaml': '',
        'groups/notes.json': '{}',
        'README.md': 'Anything.',
        '.git/config': 'Anything.',
        'clientz/a.yaml': 'client_id: a\n',
        'client.yaml': 'client_id: a\n',
      });
      truncateSync(join(root, 'groups', 'huge.yaml'), 300_000);
      symlinkSync(join(outside, 'secret.yaml'), join(root, 'groups', 'linked.yaml'));
      symlinkSync('/dev/zero', join(root, 'groups', 'endless.yaml'));
      mkdirSync(join(root, 'groups', 'inner'));
      const faults = await side().faults(root);
      expect(faults.map((fault) => fault.replace(/ \(\w+\)$/, ''))).toEqual(
        expect.arrayContaining([
          'groups/bomb.yaml:1 # has too many aliases',
          'groups/two.yaml:2 # has more than one document',
          'groups/huge.yaml:1 # is longer than 262144 bytes',
          'groups/linked.yaml:1 # is a link that leads out of the folder',
          'groups/endless.yaml:1 # is a link that leads out of the folder',
          'groups/inner:1 # must be a file that ends in .yaml or .yml',
          'groups/notes.json:1 # must be a file that ends in .yaml or .yml',
          expect.stringMatching(/^clientz:1 # is not one of /),
          expect.stringMatching(/^client\.yaml:1 # is not one of /),
          expect.stringMatching(/^groups\/deep\.yaml:\d+ # (is not|cannot be read as) YAML/),
        ]),
      );
      expect(faults).toHaveLength(10);
      expect(await side().faults(join(root, 'nowhere'))).toEqual(['.:1 # is not a folder that can be read']);
      const mounted = folderOf({ '..data.yaml': '' }, ['..data', 'groups']);
      writeFileSync(join(mounted, '..data', 'a.yaml'), `name: ${uniqueName('mounted')}\n`);
      symlinkSync('../..data/a.yaml', join(mounted, 'groups', 'a.yaml'));
      expect(await side().faults(mounted)).toEqual([]);
    });

    it('keep the members of a kind that stay: another type, another API', async () => {
      const { names, tree } = aTree((await aUser(running.service)).username);
      await side().apply(tree);
      const moved = {
        'scopes/a.yaml': stringify({ name: names.scope, title: 'See trips' }),
        'user_attributes/a.yaml': stringify({ name: names.attribute, type: 'number', title: 'Cost centre' }),
      };
      expect(await side().faults(moved)).toEqual([
        'user_attributes/a.yaml:2 #/type cannot be changed',
        'scopes/a.yaml:1 #/resource cannot be changed',
      ]);
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
