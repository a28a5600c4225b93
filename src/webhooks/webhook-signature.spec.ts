import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { messageOf } from './webhook-message.js';
import { webhookOutcome } from './webhook-outcome.js';
import { webhookProblems } from './webhook-rules.js';
import { secretFrom, signedHeaders } from './webhook-signature.js';

/** The vector that the libraries of Standard Webhooks are tested with. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  now: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('the signature of a message (Standard Webhooks, signature scheme)', () => {
  it('is that of the test vector', () => {
    const { id, body, secret, now, signature } = VECTOR;
    expect(signedHeaders({ id, type: 'test', body }, [secret], now)).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('is one for each secret, and a receiver with either accepts it', () => {
    const secrets = ['first', 'second'].map((text) => secretFrom(Buffer.from(text.padEnd(32)).toString('base64url')));
    const message = { id: 'a', type: 'test', body: '{}' };
    const headers = signedHeaders(message, secrets, new Date());
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const secret of secrets) expect(new Webhook(secret).verify(message.body, { ...headers })).toEqual({});
    expect(() => new Webhook(VECTOR.secret).verify(message.body, { ...headers })).toThrow();
  });

  it('is made with 32 bytes in the form that receivers know', () => {
    expect(secretFrom(Buffer.alloc(32, 0xff).toString('base64url'))).toBe(`whsec_${'/'.repeat(42)}8=`);
  });
});

describe('a message', () => {
  it('has type, timestamp and data in snake_case, and nothing that is for listeners inside alone', () => {
    const payload = { userId: 'u', previous: { email: 'old@corp.example', verified: true } };
    const { body } = messageOf({ name: 'user.email_changed', payload }, 'id', new Date(0));
    expect(JSON.parse(body)).toEqual({
      type: 'user.email_changed',
      timestamp: '1970-01-01T00:00:00.000Z',
      data: { user_id: 'u' },
    });
  });
});

describe('what an attempt came to', () => {
  it.each([
    [200, 'taken', 'delivered'],
    [204, 'taken', 'delivered'],
    [299, 'taken', 'delivered'],
    [199, 'refused', 'retry'],
    [301, 'refused', 'retry'],
    [400, 'refused', 'retry'],
    [410, 'gone', 'failed'],
    [429, 'refused', 'retry'],
    [500, 'refused', 'retry'],
  ])('with status %i', (status, reception, outcome) => {
    const found = webhookOutcome({ outcome: 'answered', status });
    expect([found.reception, found.delivery.outcome, found.delivery.responseStatus]).toEqual([
      reception,
      outcome,
      status,
    ]);
  });

  it('without an answer is that nobody was there', () => {
    const found = webhookOutcome({ outcome: 'failed', detail: 'it took too long' });
    expect(found).toEqual({ reception: 'unreachable', delivery: { outcome: 'retry', detail: 'it took too long' } });
  });
});

describe('a webhook', () => {
  it('names events that may be told, and has texts that fit', () => {
    const input = {
      url: 'https://rp.example/',
      events: ['user.registered', 'settings.changed'],
      status: 'active',
    } as const;
    expect(
      webhookProblems({ ...input, description: 'x'.repeat(256) }, undefined).map(({ pointer }) => pointer),
    ).toEqual(['#/events/1', '#/description']);
    expect(webhookProblems({ ...input, events: '*' }, undefined)).toEqual([]);
  });
});
