import { Injectable } from '@nestjs/common';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { parseJsonObject } from './strict-json.js';

// RFC 7517 §8.5.2, and what most servers say of the file.
const MEDIA_TYPES = ['application/jwk-set+json', 'application/json'];
const MOST_SETS = 1000;

/** Where a client publishes its keys. */
export interface KeyPlace {
  readonly clientId: string;
  readonly jwksUri: string;
}

/** The keys as they were published a short while ago, or why they cannot be had. */
export type PublishedKeySet =
  { readonly outcome: 'found'; readonly jwks: object } | { readonly outcome: 'unavailable'; readonly detail: string };

interface Remembered {
  set: PublishedKeySet;
  /** When the set was asked for that is remembered, and when one was last asked for; in seconds. */
  foundAt: number;
  askedAt: number;
  asking?: Promise<void>;
}

/** The key sets at the jwks_uri of clients, remembered for a while (OIDC Core §10.1.1). */
@Injectable()
export class PublishedKeys {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
    private readonly lifetimes: TokenLifetimes,
  ) {}

  /** The keys, at most as old as they may be. */
  async current(place: KeyPlace): Promise<PublishedKeySet> {
    const known = this.at(place);
    if (this.isOutdated(known)) await this.ask(known, place.jwksUri);
    return known.set;
  }

  /** Keys that are newer than a set in which one was missing; nothing when it is too early to ask again. */
  async newerThan(jwks: object, place: KeyPlace): Promise<object | undefined> {
    const known = this.at(place);
    if (holds(known, jwks)) await this.ask(known, place.jwksUri);
    return known.set.outcome === 'found' && !holds(known, jwks) ? known.set.jwks : undefined;
  }

  private at({ clientId, jwksUri }: KeyPlace): Remembered {
    const key = JSON.stringify([clientId, jwksUri]);
    const known = this.remembered.get(key) ?? { set: NEVER_ASKED, foundAt: -Infinity, askedAt: -Infinity };
    this.remembered.delete(key);
    this.remembered.set(key, known); // the last used is the last to be forgotten
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > MOST_SETS && oldest !== undefined) this.remembered.delete(oldest);
    return known;
  }

  private isOutdated({ set, foundAt }: Remembered): boolean {
    return set.outcome !== 'found' || this.clock.epochSeconds() - foundAt >= this.lifetimes.publishedKeys;
  }

  /** Asks once for all who wait, and not again before its time: failures are remembered as well. */
  private async ask(known: Remembered, jwksUri: string): Promise<void> {
    const now = this.clock.epochSeconds();
    if (known.asking === undefined) {
      if (now - known.askedAt < this.lifetimes.publishedKeysRetry) return;
      known.askedAt = now;
      known.asking = this.refresh(known, jwksUri, now).finally(() => {
        delete known.asking;
      });
    }
    await known.asking;
  }

  private async refresh(known: Remembered, jwksUri: string, now: number): Promise<void> {
    const set = keySetOf(await this.http.get(jwksUri, MEDIA_TYPES));
    // What could not be had now does not take away what was had a short while ago.
    if (set.outcome === 'unavailable' && !this.isOutdated(known)) return;
    known.set = set;
    known.foundAt = now;
  }
}

const NEVER_ASKED: PublishedKeySet = { outcome: 'unavailable', detail: 'they were not asked for yet' };

function holds({ set }: Remembered, jwks: object): boolean {
  return set.outcome === 'found' && set.jwks === jwks;
}

function keySetOf(answer: Awaited<ReturnType<OutboundHttp['get']>>): PublishedKeySet {
  if (answer.outcome === 'failed') return { outcome: 'unavailable', detail: answer.detail };
  const keys: unknown = parseJsonObject(answer.body)?.['keys'];
  if (!Array.isArray(keys)) return { outcome: 'unavailable', detail: 'the answer is not a set of keys' };
  // RFC 7517 §9.2: a private key that anybody can read proves nothing any more.
  const isPublic = (key: unknown): boolean => typeof key === 'object' && key !== null && !('d' in key || 'k' in key);
  return { outcome: 'found', jwks: { keys: keys.filter(isPublic) } };
}
