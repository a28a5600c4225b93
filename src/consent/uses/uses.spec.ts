import { describe, expect, it } from 'vitest';
import { claimApproval } from '../claim-approval.js';
import { lastUse, usesAfter } from './uses.js';

const APPROVED = new Date('2026-11-27T10:00:00Z');
const at = (minutes: number): Date => new Date(APPROVED.getTime() + minutes * 60_000);
const approval = (scope: string, approvedAt = APPROVED) => ({ scope, approvedAt });
const noted = (...entries: [string, number][]) => new Map(entries.map(([name, minutes]) => [name, at(minutes)]));

describe('the last use of an approval', () => {
  it('is what is known of it, also at the very moment when it was given', () => {
    expect(lastUse(approval('orders'), { orders: at(5).getTime() })).toEqual(at(5));
    expect(lastUse(approval('orders'), { orders: APPROVED.getTime() })).toEqual(APPROVED);
  });

  it('is not that of an earlier approval, of another scope, or of none', () => {
    expect(lastUse(approval('orders', at(10)), { orders: at(5).getTime() })).toBeUndefined();
    expect(lastUse(approval('orders'), { mail: at(5).getTime() })).toBeUndefined();
    expect(lastUse(approval('constructor'), {})).toBeUndefined();
  });
});

describe('what is known of uses', () => {
  it('begins with the first ones', () => {
    expect(usesAfter([approval('openid'), approval('orders')], {}, noted(['orders', 1]))).toEqual({
      orders: at(1).getTime(),
    });
  });

  it('says nothing new within an hour', () => {
    const known = { orders: at(0).getTime() };
    expect(usesAfter([approval('orders')], known, noted(['orders', 59]))).toBeUndefined();
    expect(usesAfter([approval('orders')], known, noted(['orders', 60]))).toEqual({ orders: at(60).getTime() });
  });

  it('says of every scope what is new when it is said of one', () => {
    const known = { orders: at(0).getTime(), mail: at(30).getTime() };
    const approved = [approval('orders'), approval('mail')];
    expect(usesAfter(approved, known, noted(['orders', 70], ['mail', 70]))).toEqual({
      orders: at(70).getTime(),
      mail: at(70).getTime(),
    });
    expect(usesAfter(approved, known, noted(['mail', 70]))).toBeUndefined();
  });

  it('forgets scopes that are not approved any more, and uses before they were approved again', () => {
    const known = { gone: at(0).getTime(), mail: at(0).getTime() };
    const approved = [approval('mail', at(10)), approval('orders')];
    expect(usesAfter(approved, known, noted(['orders', 20], ['gone', 20], ['mail', 9]))).toEqual({
      orders: at(20).getTime(),
    });
    expect(usesAfter([], known, noted(['mail', 20]))).toBeUndefined();
  });

  it('never goes back', () => {
    const known = { orders: at(90).getTime() };
    const approved = [approval('orders'), approval('mail')];
    expect(usesAfter(approved, known, noted(['orders', 5], ['mail', 5]))).toEqual({
      orders: at(90).getTime(),
      mail: at(5).getTime(),
    });
  });

  it('counts a claim for its own approval, else for that of its scope (OIDC Core §5.5)', () => {
    const claim = claimApproval('email');
    expect(usesAfter([approval(claim)], {}, noted([claim, 1]))).toEqual({ [claim]: at(1).getTime() });
    expect(usesAfter([approval('email')], {}, noted([claim, 1]))).toEqual({ email: at(1).getTime() });
  });
});
