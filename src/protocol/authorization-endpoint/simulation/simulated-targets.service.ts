import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import type { Grant } from '#tokens/index.js';
import { OAuthError } from '../../errors/oauth-error.js';
import type { Issuance } from '../../issuance/issuance.js';
import { TokenTargets } from '../../issuance/token-target.js';
import { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** Finds what access tokens a client could get from a grant. */
@Injectable()
export class SimulatedTargets {
  constructor(private readonly targets: TokenTargets) {}

  /** One for each API where there are several, else the one that needs no naming; none that would be refused (RFC 8707 §2.2). */
  async of(client: Client, grant: Grant, resources: readonly string[]): Promise<Issuance[]> {
    const named = resources.length > 1 ? resources.map((identifier) => [['resource', identifier] as const]) : [[]];
    const found = await Promise.all(named.map((entries) => this.issuance(client, grant, entries)));
    return found.filter((issuance) => issuance !== undefined);
  }

  private async issuance(
    client: Client,
    grant: Grant,
    entries: readonly (readonly [string, string])[],
  ): Promise<Issuance | undefined> {
    try {
      const target = await this.targets.choose(client, new OAuthParameters(entries), grant);
      return { client, grant, ...target, refreshToken: undefined, idToken: undefined };
    } catch (error) {
      if (error instanceof OAuthError) return undefined;
      throw error;
    }
  }
}
