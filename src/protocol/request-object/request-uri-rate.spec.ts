import { expect, it } from 'vitest';
import { TooManyRequests } from '../errors/oauth-error.js';
import { RequestUriRate } from './request-uri-rate.js';

it('an address has 120 request objects fetched a minute and no more; others are not held up (RFC 9101 §10.4)', async () => {
  const rate = new RequestUriRate();
  for (let fetched = 0; fetched < 120; fetched++) await rate.count('192.0.2.1');
  const refused: unknown = await rate.count('192.0.2.1').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TooManyRequests);
  expect((refused as TooManyRequests).status).toBe(429);
  expect((refused as TooManyRequests).retryAfterSeconds).toBeGreaterThan(30);
  await expect(rate.count('192.0.2.2')).resolves.toBeUndefined();
});
