import { describe, expect, it } from 'vitest';
import { smtpOutcome } from './smtp-outcome.js';

describe('smtpOutcome (RFC 5321 §4.2.1)', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 <alice@acme.example> unknown' }, 'failed'],
    [{ code: 'EMESSAGE', responseCode: 554, response: '554 5.7.1 spam' }, 'failed'],
    [{ code: 'EENVELOPE', responseCode: 450, response: '450 4.2.0 greylisted' }, 'retry'],
    [{ code: 'EMESSAGE', responseCode: 452, response: '452 full' }, 'retry'],
    [{ code: 'EENVELOPE', responseCode: 530, response: '530 5.7.0 Must issue a STARTTLS command first' }, 'retry'],
    [{ code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' }, 'retry'],
    [{ code: 'EPROTOCOL', responseCode: 554, response: '554 no service' }, 'retry'],
    [{ code: 'ECONNECTION' }, 'retry'],
    [{ code: 'ETIMEDOUT' }, 'retry'],
    [{}, 'retry'],
  ] as const)('%j: %s', (failure, outcome) => {
    expect(smtpOutcome(failure).outcome).toBe(outcome);
  });

  it('tells the operator the codes and not the address', () => {
    const failure = { code: 'EENVELOPE', responseCode: 550, response: '550-5.1.1 <alice@acme.example> unknown' };
    expect(smtpOutcome(failure)).toEqual({
      outcome: 'failed',
      detail: 'the mail server refused EENVELOPE 550-5.1.1',
    });
  });
});
