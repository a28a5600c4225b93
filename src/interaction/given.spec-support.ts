import type { Client } from '#clients/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import type { AuthorizationFacts } from './authorization-facts.js';
import type { PromptState } from './prompts/prompt.js';

/** The moment at which the specs of this folder happen. */
export const NOW = new Date('2026-03-01T12:00:00Z');

/** A moment some seconds before. */
export function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

/** A confidential web client that asks for consent. */
export function aClient(changes: Partial<Client>): Client {
  return {
    clientId: 'client',
    status: 'active',
    profile: 'default',
    redirectUris: ['https://rp.test/cb'],
    postLogoutRedirectUris: [],
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    tokenEndpointAuthMethod: 'client_secret_basic',
    applicationType: 'web',
    subjectType: 'public',
    idTokenSignedResponseAlg: 'RS256',
    requirePkce: true,
    firstParty: false,
    consent: 'ask',
    scope: ['openid', 'profile', 'email'],
    optionalScope: [],
    defaultScope: [],
    clientAssertionAudience: 'issuer',
    refreshTokenRotation: 'rotate',
    contacts: [],
    requestUris: [],
    defaultAcrValues: [],
    version: 1,
    selfRegistered: false,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

/** An active user. */
export function aUser(changes: Partial<User>): User {
  return {
    id: 'alice-id',
    username: 'alice',
    status: 'active',
    claims: { name: 'Alice Liddell', email: 'alice@acme.example' },
    groups: [],
    effectiveGroups: [],
    requiredActions: [],
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

/** A session of that user, started a minute ago. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    id: 'session',
    userId: 'alice-id',
    authTime: secondsAgo(60),
    amr: ['pwd'],
    acr: '1',
    factors: [],
    userAgent: undefined,
    address: undefined,
    createdAt: secondsAgo(60),
    lastSeenAt: secondsAgo(60),
    expiresAt: new Date(NOW.getTime() + 3_600_000),
    ...changes,
  };
}

/** What a client asks for. */
export function facts(changes: Partial<AuthorizationFacts> = {}): AuthorizationFacts {
  return {
    client: aClient({}),
    scope: ['openid', 'profile', 'email'],
    redirectUri: 'https://rp.test/cb',
    subjectOf: (userId) => userId,
    prompts: new Set(),
    ...changes,
  };
}

/** Everything approved, the user signed in: nothing is left to ask. */
export function state(changes: Partial<PromptState> = {}): PromptState {
  return {
    session: aSession(),
    user: aUser({}),
    answers: {},
    approved: ['openid', 'profile', 'email'].map((scope) => ({ scope, approvedAt: secondsAgo(86_400) })),
    now: NOW,
    ...changes,
  };
}
