import { Injectable } from '@nestjs/common';
import { Random, sameText, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { ClientMetadataChanges, ClientMetadataInput, MetadataProblem } from '../client-metadata.js';
import { ClientSecretsService, type NewClientSecret } from '../client-secrets.service.js';
import { ClientsService } from '../clients.service.js';
import { usesSecret, type Client } from '../client.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { InitialAccessTokensService } from './initial-access-tokens.service.js';
import { endingVetting } from './vetting.js';

/** A client that registered or changed itself, with what only this answer holds. */
export interface SelfRegistered {
  readonly client: Client;
  /** The value of the registration access token from now on. */
  readonly registrationToken: string;
  readonly clientSecret?: NewClientSecret | undefined;
}

/** What became of a client's wish to register itself; `used-up` when its initial access token has no use left. */
export type SelfRegistration =
  | ({ readonly outcome: 'registered' } & SelfRegistered)
  | { readonly outcome: 'invalid'; readonly problems: readonly MetadataProblem[] }
  | { readonly outcome: 'used-up' };

/** What became of a client's wish to change itself; `unknown` when the token is not, or no longer, its own. */
export type SelfRegistrationUpdate =
  | ({ readonly outcome: 'updated' } & SelfRegistered)
  | { readonly outcome: 'invalid'; readonly problems: readonly MetadataProblem[] }
  | { readonly outcome: 'unknown' | 'stale' };

class TokenSpent extends Error {}

/** Clients that register and manage themselves (RFC 7591, RFC 7592). */
@Injectable()
export class SelfRegistrationsService {
  constructor(
    private readonly registrations: ClientRegistrationsRepository,
    private readonly initialAccessTokens: InitialAccessTokensService,
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly transactions: Transactions,
    private readonly random: Random,
  ) {}

  /** Registers a client, by a use of an initial access token where one is given. */
  async register(input: ClientMetadataInput, initialAccessTokenId?: string): Promise<SelfRegistration> {
    const problems = this.clients.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    return this.transactions.run(async () => {
      if (initialAccessTokenId !== undefined && !(await this.initialAccessTokens.use(initialAccessTokenId))) {
        return { outcome: 'used-up' };
      }
      const registration = await this.clients.register(input, { selfRegistered: true });
      if (registration.outcome !== 'registered') throw new Error('a client that was found right was refused');
      const registrationToken = this.random.secret();
      await this.registrations.add(registration.client.clientId, sha256(registrationToken));
      return { ...registration, registrationToken };
    });
  }

  /** The client that the registration access token belongs to; a disabled one cannot manage itself. */
  async find(clientId: string, token: string): Promise<Client | undefined> {
    const digest = await this.registrations.digest(clientId);
    if (digest === undefined || !sameText(digest, sha256(token))) return undefined;
    const client = await this.clients.find(clientId);
    return client?.status === 'active' ? client : undefined;
  }

  /**
   * Changes a client as it was judged, and its token together with it, so that a token changes a client once (RFC 7592
   * §2.2): what an administrator takes away meanwhile does not come back.
   */
  async update(judged: Client, token: string, changes: ClientMetadataChanges): Promise<SelfRegistrationUpdate> {
    try {
      return await this.transactions.run(() => this.replace(judged, token, changes));
    } catch (error) {
      if (error instanceof TokenSpent) return { outcome: 'unknown' };
      throw error;
    }
  }

  /** Ends a client with everything that was granted to it; false when the token is not its own (RFC 7592 §2.3). */
  delete(clientId: string, token: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const client = await this.find(clientId, token);
      return client !== undefined && (await this.clients.delete(clientId));
    });
  }

  /** Notes that a user lets the client in, so that it is not taken for a forgotten one. */
  async noteUse({ clientId, selfRegistered }: Client): Promise<void> {
    if (selfRegistered) await this.registrations.keep(clientId);
  }

  private async replace(
    { clientId, updatedAt }: Client,
    token: string,
    changes: ClientMetadataChanges,
  ): Promise<SelfRegistrationUpdate> {
    const before = await this.find(clientId, token);
    if (before === undefined) return { outcome: 'unknown' };
    const update = await this.clients.update(clientId, endingVetting(before, changes), updatedAt);
    if (update.outcome !== 'updated') return update;
    const registrationToken = this.random.secret();
    const rotated = await this.registrations.rotate(clientId, sha256(token), sha256(registrationToken));
    if (!rotated) throw new TokenSpent();
    return { ...update, registrationToken, clientSecret: await this.secretAfter(before, update.client) };
  }

  /** A client that comes to use or to sign with a secret gets one; what it had, or does not use any more, ends. */
  private async secretAfter(before: Client, after: Client): Promise<NewClientSecret | undefined> {
    const { clientId } = after;
    if (!usesSecret(after)) {
      if (usesSecret(before)) await this.secrets.removeAll(clientId);
      return undefined;
    }
    if (!usesSecret(before)) return this.secrets.add(clientId);
    const next = await this.secrets.beginSigning(after);
    // RFC 7592 §2.2: a client discards the secret that it had when it is given another
    if (next !== undefined) await this.secrets.removeAll(clientId, { except: next.id });
    return next;
  }
}
