import { Injectable } from '@nestjs/common';
import { Clock, Random, sameText, sha256 } from '#platform/crypto/index.js';
import { Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { clientFrom } from './client-row.js';
import type { ClientSecretRow } from './client-secret.entity.js';
import { ClientSecretsRepository } from './client-secrets.repository.js';
import type { Client } from './client.js';
import { ClientsRepository } from './clients.repository.js';
import { SealedClientSecretsRepository } from './sealed-client-secrets.repository.js';
import { signingSecretOctets } from './signing-secret.js';

/** What is known of a client's secret; its value is not. */
export interface ClientSecret {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  /** When a client last authenticated with it, to within an hour. */
  readonly lastUsedAt?: Date;
}

/** A live secret in clear, for those that sign. */
export interface SigningSecret {
  readonly id: string;
  readonly value: string;
}

/** A secret that was just made, with the value that is shown this once. */
export interface NewClientSecret extends ClientSecret {
  readonly value: string;
}

/** When secrets end: the one that is made, and those that it takes the place of. */
export interface SecretEnds {
  readonly expiresAt?: Date | undefined;
  readonly othersEndAt?: Date | undefined;
}

const NO_DIGEST = sha256('no client has this secret');

/** How many secrets that have run out a refused one is compared with. */
const MOST_EXPIRED = 20;

/** RFC 7518 §3.2: 64 characters, so that every HMAC may be used with the secret. */
const SIGNING_SECRET_BYTES = 48;

/** The secrets of clients: made here, kept as digests (beside a sealed copy of those that sign), several alive at once. */
@Injectable()
export class ClientSecretsService {
  constructor(
    private readonly secrets: ClientSecretsRepository,
    private readonly clients: ClientsRepository,
    private readonly sealed: SealedClientSecretsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The secrets that run out between two moments, whosever they are, the next one first. */
  async expiringBetween(
    from: Date,
    to: Date,
  ): Promise<{ readonly id: string; readonly clientId: string; readonly expiresAt: Date }[]> {
    const rows = await this.secrets.findExpiring(from, to);
    return rows.flatMap(({ id, clientId, expiresAt }) => (expiresAt === null ? [] : [{ id, clientId, expiresAt }]));
  }

  /** The id of the live secret of the client that was presented, with equal work for a client nobody knows. */
  async verify(clientId: string, presented: string): Promise<string | undefined> {
    const live = await this.secrets.knownLive(clientId, this.clock.now());
    const digest = sha256(presented);
    const digests = live.length === 0 ? [NO_DIGEST] : live.map((secret) => secret.digest);
    const matches = digests.map((known) => sameText(known, digest));
    return live[matches.indexOf(true)]?.id;
  }

  /** When a refused value ran out, if it was a secret of the client once; the same work for a client nobody knows. */
  async expiryOf(clientId: string, presented: string): Promise<Date | undefined> {
    const expired = await this.secrets.findExpired(clientId, this.clock.now(), MOST_EXPIRED);
    const digest = sha256(presented);
    const matches = expired.filter((secret) => sameText(secret.digest, digest));
    return matches[0]?.expiresAt ?? undefined;
  }

  /** The live secrets that sign, for the client or by it: those made since one does; the newest first. */
  async signing(clientId: string): Promise<SigningSecret[]> {
    const live = await this.secrets.knownLive(clientId, this.clock.now());
    const newestFirst = live.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
    return this.sealed.valuesOf(newestFirst.map(({ id }) => id));
  }

  /** Makes a secret for a client that has come to need one which can be read again; undefined when it has one, or needs none. */
  async beginSigning(client: Client): Promise<NewClientSecret | undefined> {
    const octets = signingSecretOctets(client);
    if (octets === 0) return undefined;
    return this.transactions.run(async () => {
      await this.clients.hold(client.clientId); // or each of several who change it at once would make one
      const known = await this.signing(client.clientId);
      return known.some(({ value }) => Buffer.byteLength(value) >= octets) ? undefined : this.add(client.clientId);
    });
  }

  /** Forgets the readable secrets of a client with which nothing is signed any more. */
  async forgetUnlessNeeded(client: Client): Promise<void> {
    if (signingSecretOctets(client) > 0) return;
    await this.sealed.forget(await this.secrets.idsOf(client.clientId));
  }

  async find(clientId: string, id: string): Promise<ClientSecret | undefined> {
    const row = await this.secrets.find(clientId, id);
    return row && secretFrom(row);
  }

  /** One page of the secrets of a client, oldest first, expired ones included. */
  async list(clientId: string, request: PageRequest): Promise<Page<ClientSecret>> {
    const page = await this.secrets.list(clientId, request);
    return { ...page, items: page.items.map(secretFrom) };
  }

  /** Tells whether a value is a secret of the client which does not run out, as the database has it now. */
  async has(clientId: string, value: string): Promise<boolean> {
    const digest = sha256(value);
    const rows = await this.secrets.all(clientId);
    return rows.some((row) => row.expiresAt === null && sameText(row.digest, digest));
  }

  /** Makes a further secret, beside which the others may have an end; undefined when there is no such client. */
  add(clientId: string, options: SecretEnds = {}): Promise<NewClientSecret | undefined> {
    return this.transactions.run(async () => {
      const row = await this.clients.find(clientId);
      if (row === undefined) return undefined;
      const signs = signingSecretOctets(clientFrom(row)) > 0;
      const value = signs ? this.random.secret(SIGNING_SECRET_BYTES) : this.random.secret();
      const made = await this.insert(clientId, { value, chosen: false, expiresAt: options.expiresAt });
      if (options.othersEndAt !== undefined) await this.secrets.endOthers(clientId, made.id, options.othersEndAt);
      return made;
    });
  }

  /** Makes a value that a person chose the client's only chosen secret; nothing changes when it already is. */
  choose(clientId: string, value: string): Promise<void> {
    return this.transactions.run(async () => {
      const digest = sha256(value);
      const [present, ...others] = await this.secrets.findChosen(clientId);
      // The client may have become one that signs meanwhile.
      if (others.length === 0 && present?.digest === digest) return this.seal(present.id, clientId, value);
      await this.secrets.removeChosen(clientId);
      await this.insert(clientId, { value, chosen: true });
    });
  }

  /** Ends a secret at once; false when the client has no such secret. */
  remove(clientId: string, id: string): Promise<boolean> {
    return this.transactions.run(() => this.secrets.remove(clientId, id));
  }

  /** Ends every secret of a client, but for one that has taken the place of the others. */
  removeAll(clientId: string, options: { except?: string } = {}): Promise<void> {
    return this.transactions.run(() => this.secrets.removeAll(clientId, options.except));
  }

  private async seal(id: string, clientId: string, value: string): Promise<void> {
    const row = await this.clients.find(clientId);
    if (row !== undefined && signingSecretOctets(clientFrom(row)) > 0) await this.sealed.keep(id, value);
  }

  private async insert(
    clientId: string,
    { value, chosen, expiresAt }: { value: string; chosen: boolean; expiresAt?: Date | undefined },
  ): Promise<NewClientSecret> {
    const row: ClientSecretRow = {
      id: this.random.id(),
      clientId,
      digest: sha256(value),
      chosen,
      createdAt: this.clock.now(),
      expiresAt: expiresAt ?? null,
      lastUsedAt: null,
    };
    await this.secrets.add(row);
    await this.seal(row.id, clientId, value);
    return { ...secretFrom(row), value };
  }
}

function secretFrom({ id, createdAt, expiresAt, lastUsedAt }: ClientSecretRow): ClientSecret {
  return {
    id,
    createdAt,
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(lastUsedAt === null ? {} : { lastUsedAt }),
  };
}
