import { Injectable } from '@nestjs/common';
import { parseJsonObject } from '#keys/index.js';
import { Recent } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { OutboundHttp } from '#platform/http/index.js';

/** What a provider publishes of itself (OIDC Discovery §3). */
export type DiscoveryDocument = Readonly<Record<string, unknown>>;

/** The document as it was a short while ago, or why it cannot be had. */
export type Discovery =
  | { readonly outcome: 'found'; readonly document: DiscoveryDocument }
  | { readonly outcome: 'unavailable'; readonly detail: string };

interface Remembered {
  discovery: Discovery;
  foundAt: number;
  askedAt: number;
  asking?: Promise<void> | undefined;
}

const MOST_DOCUMENTS = 200;
const FRESH_SECONDS = 3600;
const RETRY_SECONDS = 10;
const PATH = '/.well-known/openid-configuration';

/** The discovery documents of providers, remembered for an hour. */
@Injectable()
export class DiscoveryDocuments {
  readonly #remembered = new Recent<Remembered>(MOST_DOCUMENTS);

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
  ) {}

  /** The document of an issuer; what could not be had lately is not asked for again at once. */
  async of(issuer: string): Promise<Discovery> {
    const known = this.#remembered.get(issuer) ?? { discovery: NEVER, foundAt: -Infinity, askedAt: -Infinity };
    this.#remembered.keep(issuer, known);
    const now = this.clock.epochSeconds();
    const isFresh = known.discovery.outcome === 'found' && now - known.foundAt < FRESH_SECONDS;
    if (!isFresh) await this.#ask(issuer, known, now);
    return known.discovery;
  }

  /** Asks once for all who wait. */
  async #ask(issuer: string, known: Remembered, now: number): Promise<void> {
    if (known.asking === undefined) {
      if (now - known.askedAt < RETRY_SECONDS) return;
      known.askedAt = now;
      known.asking = this.#refresh(issuer, known, now).finally(() => {
        known.asking = undefined;
      });
    }
    await known.asking;
  }

  async #refresh(issuer: string, known: Remembered, now: number): Promise<void> {
    // OIDC Discovery §4: a slash at the end of the issuer is not doubled
    const answer = await this.http.get(issuer.replace(/\/$/, '') + PATH, ['application/json']);
    const document = answer.outcome === 'answered' ? parseJsonObject(answer.body) : undefined;
    if (document !== undefined) {
      Object.assign(known, { discovery: { outcome: 'found', document }, foundAt: now });
    } else if (known.discovery.outcome !== 'found') {
      const detail = answer.outcome === 'failed' ? answer.detail : 'the answer is no JSON object';
      known.discovery = { outcome: 'unavailable', detail };
    }
  }
}

const NEVER: Discovery = { outcome: 'unavailable', detail: 'it was not asked for yet' };
