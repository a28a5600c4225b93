import { describe, expect, it } from 'vitest';
import { claimApproval } from '#consent/index.js';
import { accessDecision } from '../access-decision.js';
import { afterSignIn, afterStepUp, type Answers } from '../answers.js';
import type { AuthorizationFacts } from '../authorization-facts.js';
import { aClient, aSession, aUser, facts, NOW, secondsAgo, state } from '../given.spec-support.js';
import { grantedNamedClaims, grantedScope, nextPrompt } from './next-prompt.js';
import type { PromptState } from './prompt.js';

type Row = [string, Partial<AuthorizationFacts>, Partial<PromptState>, string | undefined];

const nobody = { session: undefined, user: undefined };
const signedInNow = { session: aSession({ authTime: NOW }), answers: afterSignIn('session', NOW) };
const decided: Answers = { consent: { userId: 'alice-id', scopes: ['openid'], remember: false } };
const prompt = (...values: string[]): Partial<AuthorizationFacts> => ({ prompts: new Set(values) });
const acr = (...values: string[]): Partial<AuthorizationFacts> => ({ acr: { values, essential: false } });
const naming = (...names: string[]): Partial<AuthorizationFacts> => ({
  namedClaims: names.map((name) => ({ name, essential: false })),
});
const asking = (consent: 'ask' | 'skip' | 'always', firstParty = false): Partial<AuthorizationFacts> => ({
  client: aClient({ consent, firstParty }),
});
const native = (changes: object = {}): Partial<AuthorizationFacts> => ({
  client: aClient({ tokenEndpointAuthMethod: 'none', ...changes }),
  redirectUri: 'com.example.app:/cb',
});

const access = (...roles: string[]): Partial<PromptState> => ({
  access: accessDecision(aClient({ allowedGroups: ['staff'] }), aUser({ effectiveGroups: roles }), ['openid']),
});

const rows: Row[] = [
  ['lets whoever may use the client pass', {}, access('staff'), undefined],
  [
    'tells whoever may not, before consent',
    {},
    { ...access(), approved: [] },
    'access: the client is not for this user',
  ],
  [
    'tells whoever may grant none of the scope',
    {},
    { access: accessDecision(aClient({}), aUser({}), ['users:write']) },
    'access: the user may grant none of the scope',
  ],
  ['asks for a sign-in first', prompt('login'), access(), 'login: prompt=login'],

  ['asks nothing when all is known', {}, {}, undefined],

  ['asks for a sign-in without a session', {}, nobody, 'login: no session'],
  ['asks for a sign-in when the user is gone', {}, { user: undefined }, 'login: user is gone'],
  ['asks for a sign-in when the user is disabled', {}, { user: aUser({ status: 'disabled' }) }, 'login: user is gone'],

  ['obeys prompt=login', prompt('login'), {}, 'login: prompt=login'],
  ['is satisfied by a sign-in made meanwhile', prompt('login'), signedInNow, undefined],
  [
    'is not satisfied by the sign-in of another session',
    prompt('login'),
    { answers: afterSignIn('another', NOW), session: aSession({ authTime: NOW }) },
    'login: prompt=login',
  ],
  [
    'is not satisfied by a session older than the sign-in it claims',
    prompt('login'),
    { answers: afterSignIn('session', NOW) },
    'login: prompt=login',
  ],

  ['lets a session as old as max_age pass', { maxAge: 60 }, {}, undefined],
  ['asks when the session is older than max_age', { maxAge: 59 }, {}, 'login: max_age exceeded'],
  ['asks always with max_age=0', { maxAge: 0 }, { session: aSession({ authTime: NOW }) }, 'login: max_age exceeded'],
  ['is satisfied with max_age=0 by a sign-in made meanwhile', { maxAge: 0 }, signedInNow, undefined],
  [
    'counts on how old a first proof is to which a second one came meanwhile',
    { maxAge: 59 },
    { answers: afterStepUp('session', state({}).session?.authTime ?? NOW) },
    'login: max_age exceeded',
  ],

  ['lets the hinted user pass', { hintedSubjects: ['alice-id'] }, {}, undefined],
  [
    'lets the user pass whom the client knows by another name (OIDC Core §8.1)',
    { hintedSubjects: ['sub of alice-id'], subjectOf: (userId) => `sub of ${userId}` },
    {},
    undefined,
  ],
  [
    'takes no user id for a subject that is another (OIDC Core §8.1)',
    { hintedSubjects: ['alice-id'], subjectOf: (userId) => `sub of ${userId}` },
    {},
    'login: another user is hinted',
  ],
  ['asks when another user is hinted', { hintedSubjects: ['bob-id'] }, {}, 'login: another user is hinted'],
  [
    'asks again when somebody else than the hinted user signed in',
    { hintedSubjects: ['bob-id'] },
    signedInNow,
    'login: another user is hinted',
  ],

  ['lets one of several wanted users pass', { hintedSubjects: ['bob-id', 'alice-id'] }, {}, undefined],
  ['asks when nobody can be the wanted user', { hintedSubjects: [] }, {}, 'login: another user is hinted'],
  ['shows the sign-in page for prompt=create', prompt('create'), {}, 'login: prompt=create'],
  ['is satisfied with prompt=create by a sign-in made meanwhile', prompt('create'), signedInNow, undefined],
  ['lets a sign-in that is strong enough pass', acr('2', '1'), {}, undefined],
  ['lets a stronger sign-in pass', acr('1'), { session: aSession({ acr: 'phr' }) }, undefined],
  ['asks for a stronger sign-in', acr('2', 'phr'), {}, 'second_factor: acr not met'],
  [
    'asks for a first proof where there is none yet',
    acr('2'),
    { session: aSession({ amr: [], acr: '0' }) },
    'login: acr not met',
  ],
  ['asks for a stronger sign-in once', acr('2', 'phr'), signedInNow, undefined],
  ['asks for a sign-in first when there is none', acr('2'), nobody, 'login: no session'],

  ['obeys prompt=select_account', prompt('select_account'), {}, 'select_account: prompt=select_account'],
  ['takes signing in for the choice when there is no session', prompt('select_account'), nobody, 'login: no session'],
  ['is satisfied by a choice', prompt('select_account'), { answers: { chosenSessionId: 'session' } }, undefined],
  ['is satisfied by a sign-in made meanwhile', prompt('select_account'), signedInNow, undefined],
  [
    'asks again when the session is not the chosen one any more',
    prompt('select_account'),
    { answers: { chosenSessionId: 'another' } },
    'select_account: prompt=select_account',
  ],
  [
    'asks for the account before the sign-in',
    prompt('login', 'select_account', 'consent'),
    {},
    'select_account: prompt=select_account',
  ],
  [
    'asks for the sign-in before the consent',
    prompt('login', 'select_account', 'consent'),
    { answers: { chosenSessionId: 'session' } },
    'login: prompt=login',
  ],
  ['asks for the consent last', prompt('login', 'select_account', 'consent'), signedInNow, 'consent: prompt=consent'],

  ['asks for what is not approved', {}, { approved: [] }, 'consent: scope not approved'],
  ['asks again for a superset', { scope: ['openid', 'profile', 'email', 'phone'] }, {}, 'consent: scope not approved'],
  ['asks for a claim that is not approved', naming('phone_number'), {}, 'consent: scope not approved'],
  ['asks nothing for a claim whose scope is approved', naming('email_verified'), {}, undefined],
  ['asks nothing for a subset', { scope: ['openid', 'email'] }, {}, undefined],
  ['obeys prompt=consent although all is approved', prompt('consent'), {}, 'consent: prompt=consent'],
  ['is satisfied by a decision', prompt('consent'), { answers: decided }, undefined],
  [
    'never takes the decision of another user',
    prompt('consent'),
    { answers: { consent: { userId: 'bob-id', scopes: ['openid'], remember: true } } },
    'consent: prompt=consent',
  ],
  ['asks nothing more after a decision that left something out', {}, { approved: [], answers: decided }, undefined],
  ['obeys a client that asks always', asking('always'), {}, 'consent: client asks always'],
  ['lets a first-party client skip', asking('skip', true), { approved: [] }, undefined],
  ['lets nobody else skip', asking('skip'), { approved: [] }, 'consent: scope not approved'],
  [
    'shows the page to a first-party client that asks for it',
    { ...asking('skip', true), ...prompt('consent') },
    {},
    'consent: prompt=consent',
  ],
  ['remembers nothing for a native client on a private scheme', native(), {}, 'consent: client can be impersonated'],
  [
    'lets not even a first-party native client skip (RFC 8252 §8.6)',
    native({ consent: 'skip', firstParty: true }),
    {},
    'consent: client can be impersonated',
  ],
  ['is satisfied by a decision for a native client', native(), { answers: decided }, undefined],
  [
    'remembers for a native client with a claimed https address',
    { ...native(), redirectUri: 'https://rp.test/cb' },
    {},
    undefined,
  ],
  [
    'remembers for a confidential client on a private scheme',
    { redirectUri: 'com.example.app:/cb', client: aClient({}) },
    {},
    undefined,
  ],
];

describe('nextPrompt (OIDC Core §3.1.2.1, §3.1.2.3, §3.1.2.4)', () => {
  it.each(rows)('%s', (_title, request, known, expected) => {
    const asked = nextPrompt(facts(request), state(known));
    expect(asked && `${asked.name}: ${asked.reason}`).toBe(expected);
  });

  it.each([
    [prompt('select_account'), {}, 'account_selection_required'],
    [{}, nobody, 'login_required'],
    [{ hintedSubjects: ['bob-id'] }, {}, 'login_required'],
    [{}, { approved: [] }, 'consent_required'],
  ] as const)('names the error for prompt=none (OIDC Core §3.1.2.6)', (request, known, error) => {
    expect(nextPrompt(facts(request), state(known))?.error).toBe(error);
  });

  it('counts max_age from the very moment, not from whole seconds', () => {
    const session = aSession({ authTime: new Date(secondsAgo(60).getTime() - 1) });
    expect(nextPrompt(facts({ maxAge: 60 }), state({ session }))?.reason).toBe('max_age exceeded');
  });
});

describe('grantedScope', () => {
  it('is what was asked for when nobody had to be asked', () => {
    expect(grantedScope(facts(), state())).toEqual(['openid', 'profile', 'email']);
  });

  it('is what the user left ticked, and never more than was asked for', () => {
    const answers: Answers = {
      consent: { userId: 'alice-id', scopes: ['email', 'openid', 'phone'], remember: true },
    };
    expect(grantedScope(facts(), state({ answers }))).toEqual(['openid', 'email']);
  });

  it('is nothing that another user ticked', () => {
    const answers: Answers = { consent: { userId: 'bob-id', scopes: ['openid'], remember: true } };
    expect(grantedScope(facts(), state({ answers }))).toEqual(['openid', 'profile', 'email']);
  });
});

describe('grantedNamedClaims (OIDC Core §5.5)', () => {
  const request = facts(naming('phone_number', 'gender'));

  it('is what was asked for when nobody had to be asked', () => {
    expect(grantedNamedClaims(request, state())).toEqual(['phone_number', 'gender']);
    expect(grantedNamedClaims(facts(), state())).toEqual([]);
  });

  it('is what the user left ticked', () => {
    const scopes = ['openid', claimApproval('gender'), 'phone_number'];
    const answers: Answers = { consent: { userId: 'alice-id', scopes, remember: true } };
    expect(grantedNamedClaims(request, state({ answers }))).toEqual(['gender']);
  });
});
