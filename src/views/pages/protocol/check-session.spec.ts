import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#platform/crypto/index.js';
import { checkSessionDocument, checkSessionFunctions } from './check-session.js';

const ORIGIN = 'https://rp.example';
const SALT = 'c2FsdA';
const functions = runInNewContext(`${checkSessionFunctions('gatehouse-op-state')}; ({ sha256, answer, framer })`) as {
  sha256: (text: string) => string;
  answer: (message: string, origin: string, cookies: string) => string;
  framer: (ancestors: readonly string[] | undefined, referrer: string) => string;
};
const digest = (text: string) => Buffer.from(sha256(text), 'base64url').toString('hex');
const question = (opState: string, origin = ORIGIN) =>
  `client 1 ${digest(`client 1 ${origin} ${opState} ${SALT}`)}.${SALT}`;

describe('the digest of the check-session page (FIPS 180-4)', () => {
  it('is that of every other implementation, whatever the length', () => {
    for (let length = 0; length < 300; length += 1) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(32 + ((at * 7 + length) % 95))).join('');
      expect(functions.sha256(text)).toBe(digest(text));
    }
  });
});

describe('the answer of the check-session page (OIDC Session Management §3.2)', () => {
  const cookies = 'other=1; gatehouse-op-state=abc; gatehouse-op-state2=no';

  it('is unchanged while client, origin and state of the browser are the same', () => {
    expect(functions.answer(question('abc'), ORIGIN, cookies)).toBe('unchanged');
    expect(functions.answer(question(''), ORIGIN, 'other=1')).toBe('unchanged');
  });

  it('is changed when one of them is another', () => {
    expect(functions.answer(question('before'), ORIGIN, cookies)).toBe('changed');
    expect(functions.answer(question('abc'), ORIGIN, '')).toBe('changed');
    expect(functions.answer(question('abc'), 'https://evil.example', cookies)).toBe('changed');
    expect(functions.answer(question('abc').replace('client 1', 'client 2'), ORIGIN, cookies)).toBe('changed');
  });

  it.each([
    '',
    'x',
    'client',
    `client ${'a'.repeat(64)}`,
    `${'a'.repeat(64)}.salt`,
    `c ${'A'.repeat(64)}.salt`,
    'ü a.b',
  ])('is an error for what is no question: %j', (message) => {
    expect(functions.answer(message, ORIGIN, cookies)).toBe('error');
  });
});

describe('whom the check-session page answers (OIDC Session Management §3.2)', () => {
  it('is the page that frames it, as the browser says whose that is', () => {
    expect(functions.framer([ORIGIN, 'https://portal.example'], 'https://evil.example/')).toBe(ORIGIN);
    expect(functions.framer([], `${ORIGIN}/a?b`)).toBe(ORIGIN);
    expect(functions.framer(undefined, ORIGIN)).toBe(ORIGIN);
    expect(functions.framer(undefined, '')).toBe('');
    expect(functions.framer(undefined, 'about:client')).toBe('');
  });
});

describe('the check-session page', () => {
  it('has one script, which old browsers can read', () => {
    const html = checkSessionDocument({ cookieName: 'a', nonce: 'n0nce' });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('<script nonce="n0nce">');
    expect(html).not.toMatch(/=>|\b(?:const|let|async|await|import|class)\b|\?\.|`/);
  });
});
