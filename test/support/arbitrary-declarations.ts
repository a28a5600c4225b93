import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DeclaredTree } from './declared-tree.js';

type Members = Readonly<Record<string, unknown>>;

/** Words that YAML could take for something else, or that need care on the way through it. */
const words = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '1.0',
    '- a',
    '#x',
    '{a: 1}',
    "it's",
    'a: b',
    '"q"',
    '我的数据',
    '2026-12-31',
    '&a *a',
    '👋',
  ),
  fc
    .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abz09 :#-\'"{}[]&*!|>%@,'.split('')) })
    .map((text) => `x${text}x`),
);
const name = (prefix: string) => fc.integer({ min: 1, max: 99 }).map((number) => `${prefix}-${number}`);
const unique = <T extends Members>(one: fc.Arbitrary<T>, key: string, maxLength: number) =>
  fc.uniqueArray(one, { selector: (members) => String(members[key]).toLowerCase(), maxLength });
const maybe = { requiredKeys: [] as never[] };

const settings = fc
  .record(
    {
      second_factor: fc.constantFrom('off', 'optional', 'required'),
      remember_browser_days: fc.integer({ min: 0, max: 365 }),
      verify_email: fc.boolean(),
      terms: fc.constantFrom({}, { terms_version: '2.0', terms_uri: 'https://corp.example/terms' }),
      account_deletion: fc.constantFrom('off', 'self-service'),
    },
    maybe,
  )
  .map(({ terms, ...members }) => ({ ...members, ...terms }));

const attribute = fc.record(
  {
    name: name('attribute').map((text) => text.replace('-', '_')),
    type: fc.constant('string'),
    title: words,
    description: words,
    list: fc.boolean(),
    visible_to: fc.constantFrom('user', 'administrators'),
    translations: words.map((title) => ({ 'zh-CN': { title } })),
  },
  { requiredKeys: ['name', 'type', 'title'] },
);

const group = fc.record(
  {
    name: fc.oneof(name('group'), name('Sales & more')),
    description: words,
    second_factor: fc.constantFrom('optional', 'required'),
  },
  { requiredKeys: ['name'] },
);

const resource = fc.record(
  {
    identifier: name('api').map((text) => `https://${text}.example/v1`),
    name: words,
    access_token_format: fc.constantFrom('jwt', 'opaque'),
    access_token_lifetime: fc.integer({ min: 1, max: 3600 }),
    introspection_clients: fc.uniqueArray(name('client'), { maxLength: 2 }),
  },
  { requiredKeys: ['identifier', 'name'] },
);

const scope = (resources: readonly Members[]) =>
  fc.record(
    {
      name: fc.oneof(name('scope'), name('read:things')),
      ...(resources.length > 0 && { resource: fc.constantFrom(...resources.map(({ identifier }) => identifier)) }),
      title: words,
      description: words,
      example: words,
      icon: fc.constantFrom('mail', 'person'),
      sensitivity: fc.constantFrom('normal', 'sensitive'),
      translations: words.map((title) => ({ 'zh-CN': { title } })),
    },
    { requiredKeys: ['name', 'title'] },
  );

const client = (scopes: readonly Members[], groups: readonly Members[]) =>
  fc
    .record(
      {
        client_id: fc.oneof(name('client'), name('Client:with/signs')),
        client_name: words,
        redirect_uris: fc.constantFrom(
          ['https://a.example/callback'],
          ['https://a.example/c', 'https://b.example/c?x=1'],
        ),
        status: fc.constantFrom('active', 'disabled'),
        token_endpoint_auth_method: fc.constantFrom('client_secret_basic', 'client_secret_post', 'none'),
        chosen: fc.subarray(scopes.map((one) => String(one['name']))),
        allowed_groups: fc.subarray(groups.map((one) => String(one['name']))),
        consent: fc.constantFrom('ask', 'always'),
        consent_durations: fc.constantFrom(['once'], ['days', 'forever']),
        access_token_lifetime: fc.integer({ min: 60, max: 600 }),
        contacts: fc.constantFrom([], ['desk@corp.example']),
      },
      { requiredKeys: ['client_id', 'redirect_uris', 'chosen', 'token_endpoint_auth_method'] },
    )
    .map(({ chosen, ...members }) => ({
      ...members,
      scope: ['openid', 'profile', ...chosen].join(' '),
      optional_scope: chosen.slice(0, 1).join(' '),
      ...(members.token_endpoint_auth_method !== 'none' && { client_secret_from: 'env:A_SECRET' }),
    }));

const mapping = (attributes: readonly Members[], clients: readonly Members[]) =>
  fc
    .record({
      claim: name('claim').map((text) => `https://claims.example/${text}`),
      value: fc.oneof(words, fc.integer(), fc.record({ a: fc.boolean() })),
      attribute: fc.constantFrom(undefined, ...attributes.map((one) => String(one['name']))),
      client_id: fc.constantFrom(undefined, ...clients.map((one) => String(one['client_id']))),
      scope: fc.constantFrom('openid', 'profile', undefined),
      include_in: fc.constantFrom(['id_token'], ['userinfo', 'id_token'], undefined),
    })
    .map(({ value, attribute: from, ...members }) => {
      const source = from === undefined ? { source: 'constant', value } : { source: 'attribute', attribute: from };
      return { ...members, ...source };
    });

const provider = fc.record(
  {
    preset: fc.constantFrom('google', 'github'),
    client_id: fc.constantFrom('yes', '1.0', '#x', "it's", 'a:b', '{x}'),
    client_secret_from: fc.constant('env:A_SECRET'),
    title: words,
    just_in_time: fc.boolean(),
    allowed_domains: fc.constantFrom([], ['corp.example']),
  },
  { requiredKeys: ['preset', 'client_id', 'client_secret_from'] },
);

const directory = fc.record(
  {
    name: words,
    urls: fc.constant(['ldaps://directory.example']),
    base_dn: fc.constant('dc=corp,dc=example'),
    bind_dn: fc.constant('cn=gatehouse,dc=corp,dc=example'),
    bind_password_from: fc.constant('env:A_SECRET'),
    enabled: fc.boolean(),
  },
  { requiredKeys: ['name', 'urls', 'base_dn', 'bind_dn', 'bind_password_from'] },
);

/** Trees of declarations that are good, of every kind of record, in no tidy order. */
export const arbitraryDeclarations: fc.Arbitrary<DeclaredTree> = fc
  .tuple(settings, unique(attribute, 'name', 2), unique(group, 'name', 3), unique(resource, 'identifier', 2))
  .chain(([company, attributes, groups, resources]) =>
    unique(scope(resources), 'name', 3).chain((scopes) =>
      unique(client(scopes, groups), 'client_id', 3).chain((clients) =>
        fc
          .tuple(
            unique(mapping(attributes, clients), 'claim', 2),
            unique(provider, 'preset', 2),
            unique(directory, 'name', 1),
          )
          .map(([mappings, providers, directories]) =>
            treeOf(
              {
                user_attributes: attributes,
                groups: nested(groups),
                resources,
                scopes,
                clients,
                claim_mappings: mappings,
                identity_providers: providers,
                directories,
              },
              company,
            ),
          ),
      ),
    ),
  );

/** The first group contains the others. */
function nested([first, ...others]: readonly Members[]): Members[] {
  if (first === undefined) return [];
  return [{ ...first, ...(others.length > 0 && { member_groups: others.map((one) => one['name']) }) }, ...others];
}

function treeOf(records: Readonly<Record<string, readonly Members[]>>, company: Members): DeclaredTree {
  const files = Object.entries(records).flatMap(([folder, all]) =>
    all.map((members, at) => [`${folder}/${all.length - at}.yaml`, stringify(members)] as const),
  );
  return { 'settings.yaml': stringify(company), ...Object.fromEntries(files) };
}
