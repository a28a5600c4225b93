import { PostedForm } from '#platform/http/index.js';
import { describe, expect, it } from 'vitest';
import { claimApproval } from '#consent/index.js';
import { consentDecision, durationEnd, durationValue } from './consent-form.js';
import { consentOffer, type ConsentOffer } from './consent-offer.js';
import { aClient, NOW, secondsAgo } from './given.spec-support.js';

const client = aClient({ optionalScope: ['email', 'phone', 'openid'] });
const request = { scope: ['openid', 'profile', 'email', 'phone'], redirectUri: 'https://rp.test/cb' };
const approve = (...scopes: string[]) => scopes.map((scope) => ({ scope, approvedAt: secondsAgo(3600) }));
const first = { reason: 'scope not approved' };

describe('consentOffer', () => {
  it('asks a newcomer for everything; openid is required whatever the client says', () => {
    const offer = consentOffer(client, request, [], first);
    expect(offer.required).toEqual(['openid', 'profile']);
    expect(offer.optional).toEqual(['email', 'phone']);
    expect(offer.settled).toEqual([]);
    expect([...offer.fresh]).toEqual([]);
  });

  it('asks later only for what is new, marked as new, and folds the rest', () => {
    const offer = consentOffer(client, request, approve('openid', 'profile', 'email'), first);
    expect(offer.required).toEqual([]);
    expect(offer.optional).toEqual(['phone']);
    expect(offer.settled.map(({ scope }) => scope)).toEqual(['openid', 'profile', 'email']);
    expect([...offer.fresh]).toEqual(['phone']);
  });

  it('asks everything again with prompt=consent (OIDC Core §3.1.2.1)', () => {
    const offer = consentOffer(client, request, approve('openid', 'profile'), { reason: 'prompt=consent' });
    expect([...offer.required, ...offer.optional]).toEqual(['openid', 'profile', 'email', 'phone']);
    expect(offer.settled).toEqual([]);
    expect([...offer.fresh]).toEqual(['email', 'phone']);
  });

  it.each([
    ['a client that asks always', aClient({ consent: 'always' }), 'https://rp.test/cb'],
    ['a client that others can pretend to be', aClient({ tokenEndpointAuthMethod: 'none' }), 'com.example.app:/cb'],
  ])('remembers nothing for %s (RFC 8252 §8.6)', (_who, asking, redirectUri) => {
    expect(consentOffer(asking, { ...request, redirectUri }, [], first).durations).toEqual([{ kind: 'once' }]);
  });
});

describe('consentOffer of single claims (OIDC Core §5.5, §5.5.1)', () => {
  const named = (name: string, essential = false) => ({ name, essential });
  const asking = { scope: ['openid'], redirectUri: request.redirectUri };

  it.each([
    ['an essential one is required, whatever may be left out', named('phone_number', true), 'required'],
    ['one whose scope could be left out may be', named('phone_number'), 'optional'],
    ['one whose scope could not be left out is required', named('gender'), 'required'],
  ] as const)('%s', (_title, claim, place) => {
    const offer = consentOffer(client, { ...asking, namedClaims: [claim] }, approve('openid'), first);
    expect(offer[place]).toEqual([claimApproval(claim.name)]);
    expect([...offer.required, ...offer.optional]).toHaveLength(1);
    expect([...offer.fresh]).toEqual([claimApproval(claim.name)]);
  });

  it('is settled by an earlier approval of the claim or of its scope, and granted with it', () => {
    const namedClaims = [named('phone_number', true), named('gender')];
    const approved = approve('openid', 'phone', claimApproval('gender'));
    const offer = consentOffer(client, { ...asking, namedClaims }, approved, first);
    expect([...offer.required, ...offer.optional]).toEqual([]);
    expect(consentDecision(new PostedForm([['decision', 'allow']]), offer)).toMatchObject({
      granted: ['openid', claimApproval('phone_number'), claimApproval('gender')],
    });
  });
});

describe('consentDecision', () => {
  const offer: ConsentOffer = consentOffer(client, request, [], first);
  const posted = (...entries: [string, string][]) => consentDecision(new PostedForm(entries), offer);

  it('grants what is required and what is ticked', () => {
    expect(posted(['decision', 'allow'], ['scope', 'phone'], ['duration', 'forever'])).toEqual({
      decision: 'allow',
      granted: ['openid', 'profile', 'phone'],
      approved: ['openid', 'profile', 'phone'],
      declined: ['email'],
      duration: { kind: 'forever' },
    });
  });

  it('grants with it what was approved earlier', () => {
    const later = consentOffer(client, request, approve('openid', 'profile', 'email'), first);
    expect(consentDecision(new PostedForm([['decision', 'allow']]), later)).toMatchObject({
      granted: ['openid', 'profile', 'email'],
      approved: [],
      declined: ['phone'],
    });
  });

  it('takes a scope that was approved in another tab meanwhile for what it is', () => {
    const later = consentOffer(client, request, approve('email'), first);
    const form = new PostedForm([
      ['decision', 'allow'],
      ['scope', 'email'],
    ]);
    expect(consentDecision(form, later)).toMatchObject({ granted: ['email', 'openid', 'profile'] });
  });

  it('refuses a scope that was not offered', () => {
    expect(posted(['decision', 'allow'], ['scope', 'email'], ['scope', 'users:write'])).toEqual({
      decision: 'forged',
      scope: 'users:write',
    });
  });

  it('denies, whatever is ticked', () => {
    expect(posted(['decision', 'deny'], ['scope', 'users:write'])).toEqual({ decision: 'deny' });
  });

  it('goes to another account', () => {
    expect(posted(['action', 'use-another-account'])).toEqual({ decision: 'another-account' });
  });

  it.each([
    [[]],
    [[['decision', 'yes']]],
    [
      [
        ['decision', 'allow'],
        ['decision', 'deny'],
      ],
    ],
  ] as [string, string][][][])('decides nothing from %j', (entries) => {
    expect(posted(...entries)).toEqual({ decision: 'unclear', problem: 'missing' });
  });

  it.each([
    ['once', { kind: 'once' }],
    ['days:30', { kind: 'days', days: 30 }],
    ['days:7', { kind: 'days', days: 7 }],
    ['days:3650', { kind: 'days', days: 3650 }],
    ['forever', { kind: 'forever' }],
  ])('lasts %s', (value, duration) => {
    const decision = posted(['decision', 'allow'], ['duration', value]);
    expect(decision).toMatchObject({ duration });
    expect(decision.decision === 'allow' && durationValue(decision.duration)).toBe(value);
  });

  it.each(['', 'days:0', 'days:-1', 'days:3651', 'days:1e3', 'days:', 'always', 'FOREVER'])(
    'refuses the duration %j',
    (value) => {
      expect(posted(['decision', 'allow'], ['duration', value])).toEqual({ decision: 'unclear', problem: 'invalid' });
    },
  );

  it('refuses two durations', () => {
    expect(posted(['decision', 'allow'], ['duration', 'once'], ['duration', 'forever'])).toMatchObject({
      decision: 'unclear',
    });
  });

  it('takes the suggestion of the page when nothing was chosen', () => {
    expect(posted(['decision', 'allow'])).toMatchObject({ duration: { kind: 'days', days: 30 } });
  });

  it('refuses to remember what must not be remembered (RFC 8252 §8.6)', () => {
    const once = consentOffer(aClient({ consent: 'always' }), request, [], first);
    const form = (duration: string) =>
      new PostedForm([
        ['decision', 'allow'],
        ['duration', duration],
      ]);
    expect(consentDecision(form('forever'), once)).toMatchObject({ decision: 'unclear' });
    expect(consentDecision(form('once'), once)).toMatchObject({ duration: { kind: 'once' } });
  });
});

describe('durationEnd', () => {
  it.each([
    [{ kind: 'once' }, NOW],
    [{ kind: 'days', days: 30 }, new Date('2026-03-31T12:00:00Z')],
    [{ kind: 'forever' }, undefined],
  ] as const)('%j ends at %s', (duration, end) => {
    expect(durationEnd(duration, NOW)).toEqual(end);
  });
});
