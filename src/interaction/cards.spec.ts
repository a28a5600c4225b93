import { describe, expect, it } from 'vitest';
import { aClient } from './given.spec-support.js';
import { clientCard, wayBack } from './cards.js';

const ISSUER = 'https://op.test';

describe('clientCard', () => {
  it('names the host that the user returns to', () => {
    expect(clientCard(aClient({ clientName: 'Travel Desk' }), 'https://travel.test:8443/cb')).toMatchObject({
      name: 'Travel Desk',
      host: 'travel.test:8443',
      vetted: true,
    });
  });

  it('names no host for a private scheme, and the id where there is no name', () => {
    const card = clientCard(aClient({ selfRegistered: true }), 'com.example.app:/cb');
    expect(card).toMatchObject({ name: 'client', vetted: false });
    expect(card.host).toBeUndefined();
  });
});

describe('wayBack', () => {
  it("prefers the client's own login and names the issuer (OIDC Core §4)", () => {
    const client = aClient({ initiateLoginUri: 'https://rp.test/login?a=b', clientUri: 'https://rp.test/' });
    expect(wayBack(client, 'https://rp.test/cb', ISSUER).continueUrl).toBe(
      'https://rp.test/login?a=b&iss=https%3A%2F%2Fop.test',
    );
  });

  it('falls back to the page of the client, then to the site it returns to, then to nothing', () => {
    expect(wayBack(aClient({ clientUri: 'https://rp.test/home' }), 'https://rp.test/cb', ISSUER).continueUrl).toBe(
      'https://rp.test/home',
    );
    expect(wayBack(aClient({}), 'http://localhost:3001/cb?x=y', ISSUER).continueUrl).toBe('http://localhost:3001');
    expect(wayBack(aClient({}), 'com.example.app:/cb', ISSUER)).toEqual({});
    expect(wayBack(undefined, 'https://rp.test/cb', ISSUER)).toEqual({});
  });
});
