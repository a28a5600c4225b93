import { describe, expect, it } from 'vitest';
import type { AppTile } from '#views/index.js';
import { appStart, appsWith, inOrderOfUse } from './app-start.js';

const ISSUER = 'https://login.acme.example/sso';
const app = (name: string, lastUsed?: string, host?: string): AppTile => ({
  id: name.toLowerCase(),
  client: { name, host, vetted: true },
  ...(lastUsed === undefined ? {} : { lastUsed: new Date(lastUsed) }),
});
const names = (apps: readonly AppTile[]): string[] => apps.map(({ client }) => client.name);

describe('where an application is opened', () => {
  it('is its own login with our issuer beside what it says already (OIDC Core §4)', () => {
    const initiateLoginUri = 'https://travel.example/login?tenant=acme&iss=https%3A%2F%2Fevil.example';
    const start = new URL(appStart({ initiateLoginUri, clientUri: 'https://travel.example/' }, ISSUER) ?? '');
    expect([...start.searchParams]).toEqual([
      ['tenant', 'acme'],
      ['iss', ISSUER],
    ]);
  });

  it('tells nobody who the user is: no login_hint', () => {
    expect(appStart({ initiateLoginUri: 'https://travel.example/login' }, ISSUER)).not.toContain('hint');
  });

  it('is its home where it has no login of its own, and nowhere without either', () => {
    expect(appStart({ clientUri: 'https://travel.example/' }, ISSUER)).toBe('https://travel.example/');
    expect(appStart({}, ISSUER)).toBeUndefined();
  });
});

describe('the applications of a user', () => {
  it('come in the order of their last use, then by name in any case', () => {
    const apps = [app('wiki'), app('Travel', '2026-01-01'), app('Expenses'), app('Mail', '2026-02-01')];
    expect(names(inOrderOfUse(apps))).toEqual(['Mail', 'Travel', 'Expenses', 'wiki']);
  });

  it('are found by a part of their name or host', () => {
    const apps = [app('Travel Desk', undefined, 'trips.acme.example'), app('ＷＩＫＩ'), app('Mail')];
    expect(names(appsWith(apps, ' desk '))).toEqual(['Travel Desk']);
    expect(names(appsWith(apps, 'TRIPS'))).toEqual(['Travel Desk']);
    expect(names(appsWith(apps, 'wiki'))).toEqual(['ＷＩＫＩ']);
    expect(names(appsWith(apps, '.*'))).toEqual([]);
  });
});
