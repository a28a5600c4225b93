import { describe, expect, it } from 'vitest';
import { accountCard } from './account-card.js';

const card = (claims: { name?: string; email?: string }) => accountCard({ username: 'alice@acme.example', claims });

describe('accountCard', () => {
  it.each([
    [{ name: 'Alice Pleasance Liddell' }, 'AL'],
    [{ name: 'Madonna' }, 'M'],
    [{ name: '李 雷' }, '李雷'],
    [{}, 'AE'],
  ])('the initials of %j are %s', (claims, initials) => {
    expect(card(claims).pictureInitials).toBe(initials);
  });

  it('falls back to the user name', () => {
    expect(card({}).name).toBe('alice@acme.example');
  });
});
