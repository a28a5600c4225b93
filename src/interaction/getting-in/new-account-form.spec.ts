import { describe, expect, it } from 'vitest';
import { PostedForm } from '#platform/http/index.js';
import { isFaulty, missingFields, newAccountFields, refusedFields } from './new-account-form.js';

describe('newAccountFields', () => {
  it('trims the name, never the password, and takes a tick for what it is', () => {
    const form = new PostedForm([
      ['name', ' Alice '],
      ['password', ' correct horse '],
      ['accept_terms', 'yes'],
    ]);
    expect(newAccountFields(form)).toEqual({ name: 'Alice', password: ' correct horse ', acceptsTerms: true });
    expect(newAccountFields(new PostedForm([['accept_terms', 'on']])).acceptsTerms).toBe(false);
  });
});

describe('missingFields', () => {
  it.each([
    [{ name: 'A', password: 'p', acceptsTerms: false }, false, {}],
    [{ name: 'A', password: 'p', acceptsTerms: false }, true, { terms: true }],
    [{ name: '', password: '', acceptsTerms: true }, true, { name: 'missing', password: 'missing' }],
  ])('%j, with terms: %s', (fields, asksForTerms, faults) => {
    expect(missingFields(fields, asksForTerms)).toEqual(faults);
    expect(isFaulty(missingFields(fields, asksForTerms))).toBe(Object.keys(faults).length > 0);
  });
});

describe('refusedFields', () => {
  it('is for the name to mend, or for nobody here', () => {
    const problems = [{ pointer: '#/name', detail: '…' }];
    expect(refusedFields({ outcome: 'invalid', problems })).toEqual({ name: 'invalid' });
    expect(refusedFields({ outcome: 'invalid', problems: [{ pointer: '#/username', detail: '…' }] })).toBeUndefined();
    expect(refusedFields({ outcome: 'taken', pointer: '#/username' })).toBeUndefined();
  });
});
