import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import type { Page, PageRequest } from '#platform/database/index.js';
import type { InitialAccessTokenRow } from './initial-access-token.entity.js';
import { InitialAccessTokensRepository } from './initial-access-tokens.repository.js';

/** What is known of an initial access token; its value is not. */
export interface InitialAccessToken {
  readonly id: string;
  readonly description?: string;
  /** How many clients it may register; any number when absent. */
  readonly maxUses?: number;
  readonly uses: number;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
}

/** An initial access token that was just made, with the value that is shown this once. */
export interface NewInitialAccessToken extends InitialAccessToken {
  readonly value: string;
}

/** What may be said when an initial access token is made. */
export interface InitialAccessTokenInput {
  readonly description?: string | undefined;
  readonly maxUses?: number | undefined;
  readonly expiresAt?: Date | undefined;
}

/** The rights to register clients (RFC 7591 §1.2): made here, kept as digests, counted, revoked. */
@Injectable()
export class InitialAccessTokensService {
  constructor(
    private readonly tokens: InitialAccessTokensRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async create(input: InitialAccessTokenInput): Promise<NewInitialAccessToken> {
    const value = this.random.secret();
    const row: InitialAccessTokenRow = {
      id: this.random.id(),
      digest: sha256(value),
      description: input.description ?? null,
      maxUses: input.maxUses ?? null,
      uses: 0,
      createdAt: this.clock.now(),
      expiresAt: input.expiresAt ?? null,
    };
    await this.tokens.add(row);
    return { ...tokenFrom(row), value };
  }

  async find(id: string): Promise<InitialAccessToken | undefined> {
    const row = await this.tokens.find(id);
    return row && tokenFrom(row);
  }

  /** One page of the tokens, oldest first, used-up ones included. */
  async list(request: PageRequest): Promise<Page<InitialAccessToken>> {
    const page = await this.tokens.list(request);
    return { ...page, items: page.items.map(tokenFrom) };
  }

  /** Ends a token at once; false when there is no such token. */
  revoke(id: string): Promise<boolean> {
    return this.tokens.remove(id);
  }

  /** The id of the token that was presented, if it may still register a client. */
  async recognise(presented: string): Promise<string | undefined> {
    const row = await this.tokens.findByDigest(sha256(presented));
    if (row === undefined) return undefined;
    const expired = row.expiresAt !== null && row.expiresAt <= this.clock.now();
    const usedUp = row.maxUses !== null && row.uses >= row.maxUses;
    return expired || usedUp ? undefined : row.id;
  }

  /** Counts one use; false when none is left. */
  use(id: string): Promise<boolean> {
    return this.tokens.use(id, this.clock.now());
  }
}

function tokenFrom({ id, description, maxUses, uses, createdAt, expiresAt }: InitialAccessTokenRow) {
  return {
    id,
    ...(description === null ? {} : { description }),
    ...(maxUses === null ? {} : { maxUses }),
    uses,
    createdAt,
    ...(expiresAt === null ? {} : { expiresAt }),
  };
}
