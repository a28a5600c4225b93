import { describe, expect, it } from 'vitest';
import type { FactorKind } from '#platform/events/index.js';
import { secondFactorNeed, type SecondFactorSituation } from './second-factor-need.js';
import { strictestPolicy, type SecondFactorWish } from './second-factor-policy.js';

const need = (given: Partial<SecondFactorSituation> & { wish?: SecondFactorWish; client?: SecondFactorWish }) => {
  const { wish = { rule: 'optional' }, client, ...rest } = given;
  const found = secondFactorNeed({
    policy: strictestPolicy([wish], client),
    amr: ['pwd'],
    factors: [],
    own: [],
    available: ['passkey', 'totp'],
    ...rest,
  });
  return found.need === 'none' ? 'none' : `${found.need} ${found.kinds.join(' ')}`;
};
const required = { rule: 'required' } as const;
const acr = (essential: boolean, ...values: string[]) => ({ acr: { values, essential } });
const two: readonly FactorKind[] = ['totp', 'recovery_codes'];

describe('what a sign-in still needs', () => {
  it.each([
    ['nothing of whoever has nothing and must have nothing', {}, 'none'],
    ['what somebody has', { own: two }, 'prove totp recovery_codes'],
    ['nothing where it is switched off', { own: two, wish: { rule: 'off' } as const }, 'none'],
    ['nothing more than one', { own: two, factors: ['totp'] }, 'none'],
    ['nothing in a remembered browser', { own: two, factors: ['remembered'], wish: required }, 'none'],
    [
      'a real one where the client demands it',
      { own: two, factors: ['remembered'], client: required },
      'prove totp recovery_codes',
    ],
    ['one that is set up where one is required', { wish: required }, 'enrol passkey totp'],
    ['one of the kinds that will do', { wish: { ...required, kinds: ['totp'] as FactorKind[] } }, 'enrol totp'],
    ['a kind that is allowed', { own: two, wish: { ...required, kinds: ['totp'] as FactorKind[] } }, 'prove totp'],
    [
      'what there is before another kind is set up',
      { own: two, wish: { ...required, kinds: ['passkey'] as FactorKind[] } },
      'prove totp recovery_codes',
    ],
    [
      'another kind once that was proven',
      { own: two, factors: ['totp'], wish: { ...required, kinds: ['passkey'] as FactorKind[] } },
      'enrol passkey',
    ],
    [
      'nothing more of whoever comes from a service that is trusted with second factors and had one',
      { amr: ['fed', 'mfa'] as const, factors: ['federated'], own: two, wish: required },
      'none',
    ],
    [
      'a passkey of them where only that will do',
      {
        amr: ['fed', 'mfa'] as const,
        factors: ['federated'],
        own: ['passkey', 'totp'] as FactorKind[],
        wish: { ...required, kinds: ['passkey'] as FactorKind[] },
      },
      'prove passkey',
    ],
    [
      'one of whoever comes from any other service',
      { amr: ['fed'] as const, own: two, wish: required },
      'prove totp recovery_codes',
    ],
    [
      'nothing after a passkey alone',
      { amr: ['hwk', 'user', 'pin', 'mfa'] as const, own: ['passkey'] as FactorKind[], wish: required },
      'none',
    ],
  ])('asks for %s', (_what, given, expected) => {
    expect(need(given)).toBe(expected);
  });

  it.each([
    ['asks for what reaches it', { own: two, ...acr(false, '2') }, 'prove totp recovery_codes'],
    [
      'asks for it in a remembered browser too',
      { own: two, factors: ['remembered'], ...acr(false, '2') },
      'prove totp recovery_codes',
    ],
    [
      'asks for a passkey where only that reaches it',
      { own: ['passkey', 'totp'] as FactorKind[], ...acr(false, 'phr') },
      'prove passkey',
    ],
    ['lets a wish go that nothing reaches', { wish: { rule: 'off' } as const, ...acr(false, '2') }, 'none'],
    ['sets one up where it is a demand', acr(true, '2'), 'enrol passkey totp'],
    ['sets up only what reaches it', acr(true, 'phr'), 'enrol passkey'],
    ['has what there is proven before that', { own: two, ...acr(true, 'phr') }, 'prove totp recovery_codes'],
    [
      'sets none up where nothing that can be had reaches it',
      { available: ['totp'] as FactorKind[], ...acr(true, 'phr') },
      'none',
    ],
  ])('OIDC Core §5.5.1.1: where the client asks for a level, %s', (_what, given, expected) => {
    expect(need(given)).toBe(expected);
  });
});

describe('the strictest of all wishes', () => {
  it('holds, with only the kinds that all allow', () => {
    const policy = strictestPolicy([{ rule: 'off' }, { kinds: ['totp', 'passkey'] }], {
      rule: 'required',
      kinds: ['totp'],
    });
    expect(policy).toEqual({ rule: 'required', kinds: ['totp'], demanded: true });
  });

  it('leaves passkeys where they have nothing in common, so that a way stays open', () => {
    expect(strictestPolicy([{ kinds: ['totp'] }, { kinds: ['mail_code'] }]).kinds).toEqual(['passkey']);
  });

  it('leaves passkeys where they have recovery codes alone in common, which stand in for another factor', () => {
    const wishes: SecondFactorWish[] = [
      { kinds: ['totp', 'recovery_codes'] },
      { kinds: ['mail_code', 'recovery_codes'] },
    ];
    expect(strictestPolicy(wishes).kinds).toEqual(['passkey', 'recovery_codes']);
  });
});
