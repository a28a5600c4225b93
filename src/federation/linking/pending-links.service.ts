import { Injectable } from '@nestjs/common';
import { SecretBox, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { UpstreamIdentity } from '../identity/upstream-identity.js';
import { UpstreamProvidersService } from '../providers/upstream-providers.service.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { FederatedIdentities, IdentityTaken } from './federated-identities.service.js';
import { LinkTools } from './link-tools.js';
import type { PendingLinkRow } from './pending-link.entity.js';
import { PendingLinksRepository } from './pending-links.repository.js';

/** An account at a provider that was proven in a browser and waits to be linked. */
export interface PendingLink {
  readonly id: string;
  readonly provider: UpstreamProvider;
  readonly identity: UpstreamIdentity;
}

/** How long it waits for somebody to prove who they are here. */
const LIFETIME_MS = 15 * 60_000;

/** What is sealed: who it is there, and the session that alone may link it, where its user is signed in already. */
interface Kept {
  readonly identity: UpstreamIdentity;
  readonly sessionId?: string | undefined;
}

class Gone extends Error {}

/** Accounts at providers that wait for their user to prove local control, and to say yes. */
@Injectable()
export class PendingLinks {
  constructor(
    private readonly rows: PendingLinksRepository,
    private readonly providers: UpstreamProvidersService,
    private readonly identities: FederatedIdentities,
    private readonly transactions: Transactions,
    private readonly box: SecretBox,
    private readonly tools: LinkTools,
  ) {}

  /** Keeps an account in the place of any other that waits in this browser; for whoever signs in, or for one session. */
  async begin(browser: string, identity: UpstreamIdentity, sessionId?: string): Promise<void> {
    const id = this.tools.newId();
    const now = this.tools.now();
    const kept: Kept = { identity, sessionId };
    const browserDigest = sha256(browser);
    await this.rows.takeAll(browserDigest, now);
    await this.rows.add({
      id,
      browserDigest,
      providerId: identity.providerId,
      sealed: this.box.seal(JSON.stringify(kept), placeOf(id)),
      usedAt: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    });
  }

  /** What waits in this browser for whoever signs in, or for the session. */
  async find(browser: string, sessionId?: string): Promise<PendingLink | undefined> {
    const active = await this.providers.active();
    if (active.length === 0) return undefined; // so that a sign-in costs nothing where nobody comes from outside
    const row = await this.rows.findLatest(sha256(browser), this.tools.now());
    const provider = active.find(({ id }) => id === row?.providerId);
    if (row === null || provider === undefined) return undefined;
    const kept = this.kept(row);
    return kept.sessionId === sessionId ? { id: row.id, provider, identity: kept.identity } : undefined;
  }

  /** Links it to a user, once; `taken` when the account there belongs to another by now. */
  async accept({ id, identity }: PendingLink, browser: string, userId: string): Promise<'linked' | 'gone' | 'taken'> {
    try {
      await this.transactions.run(async () => {
        if (!(await this.rows.take(id, sha256(browser), this.tools.now()))) throw new Gone();
        await this.identities.link(identity, userId);
      });
      return 'linked';
    } catch (error) {
      if (error instanceof Gone) return 'gone';
      if (error instanceof IdentityTaken) return 'taken';
      throw error;
    }
  }

  /** Forgets it, as its user wishes. */
  async decline({ id }: PendingLink, browser: string): Promise<void> {
    await this.rows.take(id, sha256(browser), this.tools.now());
  }

  private kept({ id, sealed }: PendingLinkRow): Kept {
    return JSON.parse(this.box.open(sealed, placeOf(id))) as Kept;
  }
}

function placeOf(id: string): string {
  return `pending_link ${id}`;
}
