import { describe, expect, it } from 'vitest';
import { applicationCard } from './cards.js';

describe('applicationCard', () => {
  it('still names an application that is gone', () => {
    expect(applicationCard('travel', undefined)).toEqual({ name: 'travel', vetted: true });
  });
});
