import fc from 'fast-check';
import type { ClientWish } from './given.js';

/** What a company has for simulations: one API with JWTs, one with opaque tokens, groups, claims that are mapped. */
export interface SimulatedCompany {
  readonly read: string;
  /** A scope whose meaning has changed once. */
  readonly changed: string;
  readonly opaque: string;
  readonly jwtApi: string;
  readonly opaqueApi: string;
  readonly group: string;
}

/** Something that the user decided before, some days ago. */
export interface PriorDecision {
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly days: number | undefined;
  readonly thenDays: number;
  /** Under the words that the scopes have now, or those from before. */
  readonly upToDate: boolean;
  /** What is taken back afterwards. */
  readonly narrowed: readonly string[];
}

/** A client, a user, what was before, and a request. */
export interface Situation {
  readonly client: ClientWish;
  readonly unvetted: boolean;
  readonly disabled: boolean;
  readonly member: boolean;
  readonly prior: readonly PriorDecision[];
  /** How many days from now the request comes. */
  readonly inDays: number;
  readonly request: Readonly<Record<string, unknown>>;
  /** Of each optional thing on the page, whether it stays ticked; as they are at first when absent. */
  readonly ticks: readonly boolean[] | undefined;
}

const DAY_SECONDS = 86_400;

/** Situations in a company, the plain ones more often. */
export function situations(company: SimulatedCompany): fc.Arbitrary<Situation> {
  const { read, changed, opaque, jwtApi, opaqueApi, group } = company;
  const all = ['openid', 'email', 'phone', read, changed, opaque, 'offline_access'];
  const most = fc.subarray(all.slice(1)).map((names) => ['openid', ...names]);
  const scope = fc.oneof({ weight: 6, arbitrary: most }, { weight: 1, arbitrary: fc.subarray(all, { minLength: 1 }) });
  return fc.record({
    client: clientWishes(all, group),
    unvetted: rarely(5),
    disabled: rarely(12),
    member: fc.boolean(),
    prior: fc.array(priorDecisions(all), { maxLength: 2 }),
    inDays: fc.constantFrom(0, 0, 3, 11, 40),
    request: fc.record(
      {
        scope: scope.map((names) => names.join(' ')),
        resource: fc.constantFrom([jwtApi], [opaqueApi], [jwtApi, opaqueApi]),
        prompt: fc.constantFrom('none', 'consent', 'login', 'select_account'),
        claims: fc.constantFrom(
          { userinfo: { nickname: null, phone_number: { essential: true } } },
          { id_token: { email: null, acr: null }, userinfo: { locale: { value: 'fr' } } },
        ),
        max_age: fc.constantFrom(0, 1000),
        response_type: fc.constantFrom('code', 'code', 'id_token', 'code id_token token'),
      },
      { requiredKeys: ['scope'] },
    ),
    ticks: fc.option(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), { nil: undefined }),
  });
}

function rarely(oneIn: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: oneIn }).map((drawn) => drawn === oneIn);
}

function clientWishes(all: readonly string[], group: string): fc.Arbitrary<ClientWish> {
  const policy = fc.record({
    optionalScope: fc.subarray(all.slice(1)),
    untickedScope: fc.subarray(all.slice(1)),
    company: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...all]) }),
    consentDurations: fc.option(fc.subarray(['once', 'days', 'forever'] as const, { minLength: 1 }), {
      nil: undefined,
    }),
    consentMaxAge: fc.option(fc.constant(10 * DAY_SECONDS), { nil: undefined }),
    consent: fc.constantFrom('ask', 'ask', 'ask', 'skip', 'always'),
    allowedGroups: fc.option(fc.constant([group]), { nil: undefined, freq: 3 }),
    refreshes: fc.boolean(),
    native: rarely(6),
  });
  return policy.map(({ company, refreshes, native, untickedScope, ...wish }): ClientWish => ({
    ...wish,
    scope: all,
    untickedScope: untickedScope.filter((name) => wish.optionalScope.includes(name)),
    ...(company.length > 0 && { companyApprovedScope: company }),
    firstParty: wish.consent === 'skip',
    grantTypes: ['authorization_code', 'implicit', ...(refreshes ? (['refresh_token'] as const) : [])],
    responseTypes: ['code', 'id_token', 'code id_token token'],
    ...(native && {
      tokenEndpointAuthMethod: 'none' as const,
      applicationType: 'native' as const,
      redirectUris: ['http://127.0.0.1/callback'],
    }),
  }));
}

function priorDecisions(all: readonly string[]): fc.Arbitrary<PriorDecision> {
  return fc.record({
    scopes: fc.subarray([...all]),
    claims: fc.subarray(['nickname', 'email']),
    days: fc.option(fc.constantFrom(0, 5, 30), { nil: undefined }),
    thenDays: fc.constantFrom(0, 2, 9),
    upToDate: fc.boolean(),
    narrowed: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...all]) }),
  });
}
