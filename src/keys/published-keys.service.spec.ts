import { describe, expect, it } from 'vitest';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { OutboundHttp, type OutboundAnswer } from '#platform/http/index.js';
import { PublishedKeys } from './published-keys.service.js';

class TestClock extends Clock {
  seconds = 1_800_000_000;

  now(): Date {
    return new Date(this.seconds * 1000);
  }
}

/** A client's place of keys: each set has another name in it. */
class Place extends OutboundHttp {
  asked = 0;
  down = false;
  body: string | undefined;

  get(): Promise<OutboundAnswer> {
    this.asked += 1;
    if (this.down) return Promise.resolve({ outcome: 'failed', detail: 'it took too long' });
    const body = this.body ?? JSON.stringify({ keys: [{ kty: 'EC', kid: String(this.asked) }] });
    return Promise.resolve({ outcome: 'answered', body: Buffer.from(body) });
  }

  knock(): never {
    throw new Error('nobody knocks for keys');
  }

  post(): never {
    throw new Error('keys are only asked for');
  }

  send(): never {
    throw new Error('keys are only asked for');
  }

  exchange(): never {
    throw new Error('keys are only asked for');
  }

  problem(): undefined {
    return undefined;
  }
}

function given() {
  const [clock, place] = [new TestClock(), new Place()];
  const keys = new PublishedKeys(place, clock, new TokenLifetimes());
  const where = { clientId: 'c', jwksUri: 'https://rp.example/jwks' };
  const current = async (): Promise<object> => {
    const set = await keys.current(where);
    return set.outcome === 'found' ? set.jwks : set;
  };
  return { clock, place, keys, where, current };
}
const set = (kid: number) => ({ keys: [{ kty: 'EC', kid: String(kid) }] });

describe('the published keys of a client (OIDC Core §10.1.1)', () => {
  it('are asked for once in ten minutes while they suffice', async () => {
    const { clock, place, current } = given();
    expect(await Promise.all([current(), current(), current()])).toEqual([set(1), set(1), set(1)]);
    clock.seconds += 599;
    expect(await current()).toEqual(set(1));
    expect(place.asked).toBe(1);
    clock.seconds += 1;
    expect(await current()).toEqual(set(2));
  });

  it('are asked for again when one is missing, at most once in 30 seconds', async () => {
    const { clock, place, keys, where, current } = given();
    const first = await current();
    clock.seconds += 29;
    expect(await keys.newerThan(first, where)).toBeUndefined();
    expect(place.asked).toBe(1);
    clock.seconds += 1;
    expect(await Promise.all([keys.newerThan(first, where), keys.newerThan(first, where)])).toEqual([set(2), set(2)]);
    expect(await keys.newerThan(first, where)).toEqual(set(2));
    expect(place.asked).toBe(2);
  });

  it('that cannot be had are asked for again after 30 seconds, not at each request', async () => {
    const { clock, place, current } = given();
    place.down = true;
    const unavailable = { outcome: 'unavailable', detail: 'it took too long' };
    expect([await current(), await current()]).toEqual([unavailable, unavailable]);
    expect(place.asked).toBe(1);
    clock.seconds += 30;
    place.down = false;
    expect(await current()).toEqual(set(2));
  });

  it('stay in use while the place is down, but for no longer than ten minutes in all', async () => {
    const { clock, place, keys, where, current } = given();
    const first = await current();
    place.down = true;
    clock.seconds += 300;
    expect(await keys.newerThan(first, where)).toBeUndefined();
    expect(await current()).toEqual(set(1));
    clock.seconds += 300;
    expect(await current()).toMatchObject({ outcome: 'unavailable' });
  });

  it('are those of one client at one place', async () => {
    const { place, keys, where, current } = given();
    await current();
    await keys.current({ ...where, clientId: 'd' });
    await keys.current({ ...where, jwksUri: 'https://rp.example/other' });
    expect(place.asked).toBe(3);
  });

  it.each(['', 'x', '[]', '{}', '{"keys":{}}', '{"keys":[],"keys":[]}'])(
    'are not in %j (RFC 7517 §5)',
    async (body) => {
      const { place, current } = given();
      place.body = body;
      expect(await current()).toEqual({ outcome: 'unavailable', detail: 'the answer is not a set of keys' });
    },
  );

  it('are not those whose private part everybody can read, nor shared ones (RFC 7517 §9.2)', async () => {
    const { place, current } = given();
    place.body = '{"keys":[{"kty":"EC","kid":"a","d":"x"},{"kty":"oct","k":"x"},7,null,{"kty":"EC","kid":"b"}]}';
    expect(await current()).toEqual({ keys: [{ kty: 'EC', kid: 'b' }] });
  });

  it('are forgotten for the longest unused of a thousand clients', async () => {
    const { place, keys, where, current } = given();
    await current();
    for (let other = 0; other < 1000; other += 1) await keys.current({ ...where, clientId: String(other) });
    await keys.current({ ...where, clientId: '999' });
    expect(place.asked).toBe(1001);
    await current();
    expect(place.asked).toBe(1002);
  });
});
