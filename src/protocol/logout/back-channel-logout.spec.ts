import { describe, expect, it } from 'vitest';
import { deliveryOutcome } from './back-channel-logout.js';

const answered = (status: number) => deliveryOutcome({ outcome: 'answered', status });

describe('what an answer to a logout token means (OIDC Back-Channel Logout §2.8)', () => {
  it.each([200, 204])('%i: the client signed its user out', (status) => {
    expect(answered(status)).toEqual({ outcome: 'delivered' });
  });

  it('400: the client will never accept it', () => {
    expect(answered(400)).toEqual({ outcome: 'failed', detail: 'the answer has status 400' });
  });

  it.each([0, 100, 201, 202, 301, 303, 401, 404, 429, 500, 503])('%i: it is tried again', (status) => {
    expect(answered(status)).toEqual({ outcome: 'retry', detail: `the answer has status ${status}` });
  });

  it('none at all: it is tried again', () => {
    expect(deliveryOutcome({ outcome: 'failed', detail: 'it took too long' })).toEqual({
      outcome: 'retry',
      detail: 'it took too long',
    });
  });
});
