import { expect, it } from 'vitest';
import { RegistrationSettings } from '#platform/config/index.js';
import { TooManyRequests } from '../errors/oauth-error.js';
import { RegistrationRate } from './registration-rate.js';

it('an address registers as often in an hour as the operator says, and no more; others are not held up (RFC 7591 §5)', async () => {
  const rate = new RegistrationRate(
    new RegistrationSettings({
      scopes: [],
      optionalScopes: [],
      grantTypes: [],
      unusedDays: 90,
      rate: 5,
      statementIssuers: [],
    }),
  );
  for (let request = 0; request < 5; request++) await rate.count('192.0.2.1', 'registration');
  const refused: unknown = await rate.count('192.0.2.1', 'registration').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TooManyRequests);
  expect((refused as TooManyRequests).status).toBe(429);
  expect((refused as TooManyRequests).retryAfterSeconds).toBeGreaterThan(3000);
  await expect(rate.count('192.0.2.2', 'registration')).resolves.toBeUndefined();
  await expect(rate.count('192.0.2.1', 'change')).resolves.toBeUndefined();
});
