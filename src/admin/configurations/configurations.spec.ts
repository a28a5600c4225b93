import { execFileSync } from 'node:child_process';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ClientMetadataInput } from '#clients/index.js';
import { clientConfigurations, LIBRARIES, type Configuration } from './configurations.js';
import { ODD_CLIENT, oddClient } from './configurations.spec-support.js';
import { apacheText, kotlinText, quoted, swiftText } from './literals.js';

const ISSUER = 'https://login.example/tenant';
const POST: ClientMetadataInput = { tokenEndpointAuthMethod: 'client_secret_post' };
const PUBLIC: ClientMetadataInput = { tokenEndpointAuthMethod: 'none' };
const NATIVE: ClientMetadataInput = { ...PUBLIC, applicationType: 'native' };
const MACHINE: ClientMetadataInput = { grantTypes: ['client_credentials'], responseTypes: [], redirectUris: [] };
const KEY_HOLDER: ClientMetadataInput = { tokenEndpointAuthMethod: 'private_key_jwt' };
const KINDS = { web: {}, post: POST, spa: PUBLIC, native: NATIVE, machine: MACHINE, keys: KEY_HOLDER };

const made = (wish: ClientMetadataInput) => clientConfigurations(oddClient(wish), ISSUER);
const idsOf = (wish: ClientMetadataInput) => made(wish).configurations.map(({ id }) => id);
const all: [string, Configuration][] = Object.entries(KINDS).flatMap(([kind, wish]) =>
  made(wish).configurations.map((configuration): [string, Configuration] => [kind, configuration]),
);
const ofLanguage = (...languages: string[]) => all.filter(([, { language }]) => languages.includes(language));
const textOf = (id: string, wish: ClientMetadataInput) =>
  made(wish).configurations.find((configuration) => configuration.id === id)?.text ?? '';

describe('the configurations of a client', () => {
  it('are of those libraries alone that suit it', () => {
    expect(idsOf({})).toEqual([
      ...['openid-client', 'oauth4webapi', 'spring-security', 'go', 'authlib-flask', 'requests-oauthlib'],
      ...['mod-auth-openidc', 'oauth2-proxy'],
    ]);
    expect(idsOf(POST)).toEqual(expect.arrayContaining(['passport-oauth2', 'dotnet']));
    expect(idsOf(PUBLIC)).toEqual(['oauth4webapi', 'oidc-client-ts']);
    expect(idsOf(NATIVE)).toEqual(['openid-client', 'appauth-android', 'appauth-ios']);
    expect(idsOf(MACHINE)).toEqual(['openid-client', 'spring-security', 'go', 'requests-oauthlib', 'curl']);
    expect(idsOf(KEY_HOLDER)).toEqual(['openid-client', 'oauth4webapi']);
  });

  it('say of every other library why it does not', () => {
    for (const wish of Object.values(KINDS)) {
      const { configurations, unsuitable } = made(wish);
      expect(configurations.length + unsuitable.length).toBe(LIBRARIES.length);
    }
    expect(made({}).unsuitable).toContainEqual({
      library: 'passport-oauth2',
      reason: 'takes client_secret_post, and this client has client_secret_basic',
    });
    expect(made(MACHINE).unsuitable).toContainEqual({
      library: 'oidc-client-ts',
      reason: 'is for single-page applications, and this is a machine one',
    });
  });

  it('take the redirect URI that a library can come back to, or say that there is none: openid-client', () => {
    const withQuery = 'https://rp.example/cb?tenant=1';
    const both = made({ redirectUris: [withQuery, 'https://rp.example/plain'] });
    expect(both.configurations[0]).toMatchObject({ id: 'openid-client' });
    expect(both.configurations[0]?.text).toContain('redirect_uri: "https://rp.example/plain"');
    for (const redirectUris of [[withQuery], ['https://rp.example']]) {
      const { unsuitable } = made({ redirectUris });
      expect(unsuitable[0]).toEqual({
        library: 'openid-client',
        reason: 'needs a redirect URI without a query, and with a path',
      });
    }
  });

  it('have what the record says, written so that nothing breaks out of it', () => {
    for (const [kind, { id, language, text }] of all) {
      const literal = { kotlin: kotlinText, swift: swiftText, apache: apacheText }[language] ?? quoted;
      if (language === 'shell') continue;
      expect(text, `${id} of ${kind}`).toContain(language === 'toml' ? 'client_id = ' : literal(ODD_CLIENT.clientId));
      if (!['machine'].includes(kind) && id !== 'dotnet') expect(text, id).toContain(literal(ODD_CLIENT.redirectUri));
      expect(text, id).not.toContain('evil');
    }
  });

  it.each(ofLanguage('javascript', 'typescript'))('is a module that parses: %s, %j', (_kind, { text }) => {
    const { diagnostics } = ts.transpileModule(text, {
      reportDiagnostics: true,
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    expect(diagnostics).toEqual([]);
  });

  it.each(['web', 'machine'] as const)('is YAML with the values of the record: Spring, %s', (kind) => {
    const text = textOf('spring-security', KINDS[kind]);
    const { spring } = parse(text) as { spring: { security: { oauth2: { client: Record<string, unknown> } } } };
    expect(spring.security.oauth2.client).toMatchObject({
      registration: {
        gatehouse: {
          ...{ 'client-id': ODD_CLIENT.clientId, 'client-secret': '${GATEHOUSE_CLIENT_SECRET}' },
          ...{ scope: ODD_CLIENT.scope, 'client-authentication-method': 'client_secret_basic' },
          ...(kind === 'web' ? { 'redirect-uri': ODD_CLIENT.redirectUri } : {}),
        },
      },
      provider: { gatehouse: { 'issuer-uri': ISSUER } },
    });
  });

  it('are lines of TOML whose values are those of the record: oauth2-proxy', () => {
    const lines = textOf('oauth2-proxy', {}).trimEnd().split('\n');
    const values = lines
      .filter((line) => !line.startsWith('#'))
      .map((line): [string, unknown] => [line.split(' = ')[0] ?? '', JSON.parse(line.slice(line.indexOf('=') + 1))]);
    expect(Object.fromEntries(values)).toMatchObject({
      ...{ client_id: ODD_CLIENT.clientId, redirect_url: ODD_CLIENT.redirectUri, oidc_issuer_url: ISSUER },
      scope: ODD_CLIENT.scope.join(' '),
    });
  });

  it.each([MACHINE, { ...MACHINE, ...POST }])(
    'is one command of a shell, with the words that are meant: curl',
    (wish) => {
      const script = `curl() { for word in "$@"; do printf '%s\\n' "$word"; done; }\n${textOf('curl', wish)}`;
      const env = { GATEHOUSE_CLIENT_SECRET: "s3cret 'x'" };
      const words = execFileSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' }).trimEnd().split('\n');
      const proof =
        wish.tokenEndpointAuthMethod === 'client_secret_post'
          ? [
              ...['--data-urlencode', `client_id=${ODD_CLIENT.clientId}`],
              ...['--data-urlencode', "client_secret=s3cret 'x'"],
            ]
          : ['--user', `desk%22%27%24%28id%29%24%7Bx%7D%5C:s3cret 'x'`];
      expect(words).toEqual([
        ...['--fail-with-body', '--silent', '--show-error', `${ISSUER}/oauth2/token`, ...proof],
        ...['--data', 'grant_type=client_credentials', '--data-urlencode', `scope=${ODD_CLIENT.scope.join(' ')}`],
      ]);
    },
  );
});
