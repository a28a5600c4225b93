import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BrandingSettings, IssuerSettings, PasskeySettings, SecretSettings } from '#platform/config/index.js';
import { SecretKeys, sha256, SystemRandom } from '#platform/crypto/index.js';
import type { Transactions } from '#platform/database/index.js';
import type { EventBus } from '#platform/events/index.js';
import { FrozenClock } from '../../../test/support/frozen-clock.js';
import { SoftwareAuthenticator, type Deviation, type Make } from '../../../test/support/software-authenticator.js';
import type { PasswordsService } from '../password/passwords.service.js';
import { CHALLENGE_FOR, PasskeyCeremonies } from './passkey-ceremonies.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyRegistrationVerifier } from './passkey-registration.verifier.js';
import { presentedPasskey } from './passkey-response.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeyVerifier } from './passkey.verifier.js';
import type { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';
import type { UsedPasskeyChallengesRepository } from './used-passkey-challenges.repository.js';

const ORIGIN = 'https://login.acme.example';
const ALICE = { id: 'alice-id', username: 'alice', claims: { name: 'Alice Liddell' } };
const BROWSER = 'a-browser';

/** The rows as a database would keep them. */
class Rows {
  rows: PasskeyRow[] = [];
  hasPassword = true;
  readonly used = new Set<string>();
  readonly events = vi.fn();

  readonly passkeys = {
    findOfUser: (userId: string) => Promise.resolve(this.rows.filter((row) => row.userId === userId)),
    find: (id: string) => Promise.resolve(this.rows.find((row) => row.id === id) ?? null),
    noteSignature: ({ id, signCount }: PasskeyRow) => {
      const row = this.rows.find((one) => one.id === id);
      const grown = row !== undefined && (row.signCount < signCount || (row.signCount === 0 && signCount === 0));
      if (grown) row.signCount = signCount;
      return Promise.resolve(grown);
    },
  } as unknown as PasskeysRepository;

  readonly passwords = { has: () => Promise.resolve(this.hasPassword) } as unknown as PasswordsService;

  readonly challenges = {
    add: (digest: string) => Promise.resolve(!this.used.has(digest) && this.used.add(digest) instanceof Set),
  } as unknown as UsedPasskeyChallengesRepository;
}

function ceremony({ domain, relatedOrigins = [] }: { domain?: string; relatedOrigins?: string[] } = {}) {
  const clock = new FrozenClock();
  const rows = new Rows();
  const keys = new SecretKeys(new SecretSettings({ keys: [Buffer.alloc(32, 7)] }));
  const issuer = new IssuerSettings({
    issuer: ORIGIN,
    origin: ORIGIN,
    kind: 'production',
    secure: true,
    basePath: '',
  });
  const settings = new PasskeySettings({ relatedOrigins, ...(domain === undefined ? {} : { domain }) });
  const party = new RelyingParty(issuer, settings, new BrandingSettings({ companyName: 'Acme', color: '#123456' }));
  const challenges = new PasskeyChallenges(keys, new SystemRandom(clock), clock, rows.challenges);
  const transactions = { run: (work: () => unknown) => work() } as unknown as Transactions;
  const events = { publish: rows.events } as unknown as EventBus;
  return {
    clock,
    rows,
    party,
    ceremonies: new PasskeyCeremonies(party, challenges, rows.passkeys, rows.passwords),
    registrations: new PasskeyRegistrationVerifier(party, challenges, rows.passwords),
    verifier: new PasskeyVerifier(party, challenges, rows.passkeys, transactions, events, clock),
  };
}

function presented(answer: string) {
  const read = presentedPasskey(answer);
  if (read === undefined) throw new Error('the answer cannot be read');
  return read;
}

describe('making a passkey (WebAuthn §7.1)', () => {
  let at: ReturnType<typeof ceremony>;
  beforeEach(() => {
    at = ceremony();
  });

  async function made(deviation: Deviation = {}, make: Make = {}, alone = false) {
    at.rows.hasPassword = !alone;
    const asked = await at.ceremonies.registration(BROWSER, ALICE);
    const answer = new SoftwareAuthenticator(ORIGIN, make).register(asked, deviation);
    return {
      answer,
      verdict: await at.registrations.verify(presented(answer), { userId: ALICE.id, browser: BROWSER }),
    };
  }

  it.each(['ES256', 'EdDSA', 'RS256'] as const)('takes a key of %s', async (kind) => {
    const { verdict } = await made({}, { kind });
    expect(verdict).toMatchObject({
      outcome: 'proven',
      credential: { signCount: 0, backupEligible: false, backedUp: false, transports: ['internal', 'hybrid'] },
    });
  });

  it('knows a passkey that is copied to other devices (WebAuthn §6.1.3)', async () => {
    const { verdict } = await made({}, { synced: true });
    expect(verdict).toMatchObject({ outcome: 'proven', credential: { backupEligible: true, backedUp: true } });
  });

  it('takes the key’s own signature for an attestation, which some leave in place (WebAuthn §5.4.7)', async () => {
    expect((await made({ attestation: 'packed-self' })).verdict.outcome).toBe('proven');
  });

  it.each<[string, Deviation]>([
    ['another origin', { origin: 'https://login.acme.example.evil.example' }],
    ['a port of the same host', { origin: `${ORIGIN}:8443` }],
    ['another RP ID', { rpId: 'acme.example' }],
    ['nobody present', { userPresent: false }],
    ['the type of an assertion', { type: 'webauthn.get' }],
    ['a challenge of nobody', { challenge: Buffer.from('made up').toString('base64url') }],
    ['a certificate that nobody asked for', { attestation: 'packed-with-certificate' }],
    ['an id that was not signed', { credentialId: Buffer.alloc(32, 1).toString('base64url') }],
  ])('refuses one with %s', async (_, deviation) => {
    expect((await made(deviation)).verdict.outcome).toBe('refused');
  });

  it('needs user verification only of one that stands alone', async () => {
    expect((await made({ userVerified: false })).verdict.outcome).toBe('proven');
    expect((await made({ userVerified: false }, {}, true)).verdict.outcome).toBe('refused');
  });

  it('asks for a key that can be found without a name where it stands alone, and prefers one elsewhere', async () => {
    at.rows.hasPassword = false;
    const alone = await at.ceremonies.registration(BROWSER, ALICE);
    expect(alone.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    at.rows.hasPassword = true;
    const beside = await at.ceremonies.registration(BROWSER, ALICE);
    expect(beside.authenticatorSelection).toMatchObject({ residentKey: 'preferred', userVerification: 'preferred' });
    expect(beside).toMatchObject({ attestation: 'none', rp: { id: 'login.acme.example', name: 'Acme' } });
  });

  it('takes a challenge once, in its browser, for its user, for five minutes (WebAuthn §13.4.3)', async () => {
    const { answer, verdict } = await made();
    expect(verdict.outcome).toBe('proven');
    const again = (browser: string, userId: string) => at.registrations.verify(presented(answer), { browser, userId });
    expect(await again(BROWSER, ALICE.id)).toEqual({ outcome: 'refused', reason: 'the challenge is used' });
    expect(await again('another-browser', ALICE.id)).toEqual({
      outcome: 'refused',
      reason: 'the challenge is foreign',
    });
    expect(await again(BROWSER, 'bob-id')).toEqual({ outcome: 'refused', reason: 'the challenge is foreign' });
    const late = await at.ceremonies.registration(BROWSER, ALICE);
    const tooLate = new SoftwareAuthenticator(ORIGIN).register(late);
    at.clock.advance('5m');
    expect(await at.registrations.verify(presented(tooLate), { browser: BROWSER, userId: ALICE.id })).toEqual({
      outcome: 'refused',
      reason: 'the challenge is expired',
    });
  });
});

describe('an answer by a passkey (WebAuthn §7.2)', () => {
  let at: ReturnType<typeof ceremony>;
  let authenticator: SoftwareAuthenticator;

  async function prepare(make: Make = {}, choices: Parameters<typeof ceremony>[0] = {}): Promise<void> {
    at = ceremony(choices);
    authenticator = new SoftwareAuthenticator(ORIGIN, make);
    await add(ALICE.id, authenticator);
  }

  async function add(userId: string, holder: SoftwareAuthenticator): Promise<void> {
    const asked = await at.ceremonies.registration(BROWSER, { ...ALICE, id: userId });
    const verdict = await at.registrations.verify(presented(holder.register(asked)), { userId, browser: BROWSER });
    if (verdict.outcome !== 'proven') throw new Error(verdict.reason);
    const { credential } = verdict;
    at.rows.rows.push({
      ...credential,
      id: `passkey of ${userId}`,
      userId,
      credentialDigest: sha256(credential.credentialId),
      name: 'Key',
      createdAt: at.clock.now(),
      lastUsedAt: null,
      doubtedAt: null,
    });
  }

  const stored = (index = 0) => at.rows.rows[index]!;
  const wish = () => ({ bindings: CHALLENGE_FOR.signIn(BROWSER), userVerification: true, userHandle: true });

  async function answered(deviation: Deviation = {}, wanted = wish()) {
    const asked = await at.ceremonies.signIn(BROWSER);
    return at.verifier.verify(presented(authenticator.sign(asked, deviation)), { ...stored() }, wanted);
  }

  beforeEach(() => prepare());

  it.each([
    ['a device that keeps its key', {}, 'hwk'],
    ['one that copies it', { synced: true }, 'swk'],
  ] as const)('of %s proves a key, a presence and a PIN or biometric (RFC 8176 §2)', async (_, make, key) => {
    await prepare(make);
    expect(await answered()).toEqual({ outcome: 'proven', amr: [key, 'user', 'pin', 'mfa'] });
  });

  it.each(['EdDSA', 'RS256'] as const)('with a key of %s is taken', async (kind) => {
    await prepare({ kind });
    expect((await answered()).outcome).toBe('proven');
  });

  it.each<[string, Deviation]>([
    ['another origin', { origin: 'https://acme.example' }],
    ['another RP ID', { rpId: 'evil.example' }],
    ['the type of a registration', { type: 'webauthn.create' }],
    ['nobody present', { userPresent: false }],
    ['nobody verified', { userVerified: false }],
    ['a user handle of somebody else', { userHandle: sha256('passkey user bob-id') }],
    ['no user handle', { userHandle: null }],
    ['a signature that was changed', { tamper: 'signature' }],
    ['data that were changed', { tamper: 'authenticator data' }],
    ['a key that can be copied all of a sudden', { backupEligible: true }],
    ['a challenge of nobody', { challenge: Buffer.from('made up').toString('base64url') }],
  ])('with %s is refused', async (_, deviation) => {
    expect((await answered(deviation)).outcome).toBe('refused');
    expect((await answered()).outcome, 'an honest one afterwards').toBe('proven');
  });

  it('that another passkey signed is refused', async () => {
    const other = new SoftwareAuthenticator(ORIGIN);
    await add('bob-id', other);
    const asked = await at.ceremonies.signIn(BROWSER);
    const forged = other.sign(asked, {
      credentialId: stored().credentialId,
      userHandle: at.party.userHandle(ALICE.id),
    });
    expect(await at.verifier.verify(presented(forged), { ...stored() }, wish())).toEqual({
      outcome: 'refused',
      reason: 'the signature is wrong',
    });
  });

  it('is taken once, for what it was asked for, in the browser that was asked', async () => {
    const asked = await at.ceremonies.signIn(BROWSER);
    const answer = presented(authenticator.sign(asked));
    const judge = (bindings: readonly string[]) => at.verifier.verify(answer, { ...stored() }, { ...wish(), bindings });
    expect((await judge(CHALLENGE_FOR.signIn('another-browser'))).outcome).toBe('refused');
    expect((await judge(CHALLENGE_FOR.secondFactor(BROWSER, ALICE.id))).outcome).toBe('refused');
    expect((await judge(CHALLENGE_FOR.signIn(BROWSER))).outcome).toBe('proven');
    expect(await judge(CHALLENGE_FOR.signIn(BROWSER))).toEqual({ outcome: 'refused', reason: 'the challenge is used' });
  });

  it('as a second factor names the user’s own keys, and needs neither verification nor a handle', async () => {
    const asked = await at.ceremonies.secondFactor(BROWSER, ALICE.id);
    expect(asked.allowCredentials).toEqual([
      { id: stored().credentialId, type: 'public-key', transports: ['internal', 'hybrid'] },
    ]);
    const answer = presented(authenticator.sign(asked, { userVerified: false, userHandle: null }));
    const bindings = CHALLENGE_FOR.secondFactor(BROWSER, ALICE.id);
    const wanted = { bindings, userVerification: false, userHandle: false };
    expect(await at.verifier.verify(answer, { ...stored() }, wanted)).toEqual({
      outcome: 'proven',
      amr: ['hwk', 'user'],
    });
  });

  it('is refused and told when the counter goes back, and goes on counting otherwise', async () => {
    expect((await answered({ signCount: 5 })).outcome).toBe('proven');
    for (const signCount of [5, 4, 0]) {
      expect(await answered({ signCount })).toEqual({ outcome: 'refused', reason: 'the signature counter went back' });
    }
    expect(at.rows.events.mock.calls).toEqual(
      Array.from({ length: 3 }, () => [
        'passkey.counter_regressed',
        { userId: ALICE.id, passkeyId: `passkey of ${ALICE.id}` },
      ]),
    );
    expect((await answered({ signCount: 4_294_967_295 })).outcome).toBe('proven');
  });

  it('may come again and again without a counter, as keys in several devices have none', async () => {
    await prepare({ synced: true });
    expect((await answered()).outcome).toBe('proven');
    expect((await answered()).outcome).toBe('proven');
    expect(at.rows.events).not.toHaveBeenCalled();
  });

  it('may be made at a related origin, and for a domain above, if the operator says so (WebAuthn §5.11)', async () => {
    await prepare({}, { relatedOrigins: ['https://login.acme.test'] });
    expect((await answered({ origin: 'https://login.acme.test' })).outcome).toBe('proven');
    expect((await answered({ origin: 'https://other.acme.test' })).outcome).toBe('refused');
    await prepare({}, { domain: 'acme.example' });
    expect((await at.ceremonies.signIn(BROWSER)).rpId).toBe('acme.example');
    expect((await answered()).outcome).toBe('proven');
  });
});
