import { Injectable, Logger } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { UsersService, type StandardClaims, type User } from '#users/index.js';
import { isAuthoritative } from '../identity/admission.js';
import type { UpstreamIdentity } from '../identity/upstream-identity.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { groupsAfter, withoutFaults } from './new-account.js';

/** Brings what a provider says of a user to the user's record, as far as the administrator wants that. */
@Injectable()
export class ProfileRefresh {
  readonly #logger = new Logger('federation');

  constructor(private readonly users: UsersService) {}

  /** A sign-in does not fail for what cannot be brought over. */
  async apply(provider: UpstreamProvider, identity: UpstreamIdentity, user: User): Promise<void> {
    const claims = this.claims(provider, identity, user);
    const groups = this.groups(provider, identity, user);
    if (claims === undefined && groups === undefined) return;
    const outcome = await this.update(user, claims, groups);
    if (outcome !== 'updated') {
      this.#logger.warn(`what ${provider.slug} says of user ${user.id} was not taken: ${outcome}`);
    }
  }

  private async update(user: User, claims?: StandardClaims, groups?: readonly string[]): Promise<string> {
    const wanted = { username: user.username, claims: { ...user.claims, ...claims }, groups };
    const faults = await this.users.problems(wanted);
    const fitting = withoutFaults(
      wanted,
      faults.map(({ pointer }) => pointer),
    );
    const result = await this.users.update(
      user.id,
      {
        ...(claims === undefined ? {} : { claims: fitting.claims ?? {} }),
        ...(groups === undefined ? {} : { groups: fitting.groups ?? [] }),
      },
      user.updatedAt,
    );
    return result.outcome;
  }

  /** The claims as they are said now; undefined when nothing is to change. */
  private claims(provider: UpstreamProvider, identity: UpstreamIdentity, user: User): StandardClaims | undefined {
    if (provider.updateClaims === 'first') return undefined;
    const { preferred_username: _name, ...said } = identity.claims;
    // Only whoever speaks for its domain may give a user another address: links for a new password are sent there.
    const { email } = identity;
    const address = email !== undefined && isAuthoritative(provider, identity);
    const claims = { ...user.claims, ...said, ...(address ? { email: email.address, email_verified: true } : {}) };
    return isDeepStrictEqual(claims, { ...user.claims }) ? undefined : claims;
  }

  /** The groups as they are said now; undefined when nothing is to change. */
  private groups(provider: UpstreamProvider, identity: UpstreamIdentity, { groups }: User) {
    if (provider.groupsClaim === undefined || Object.keys(provider.groupsMapping).length === 0) return undefined;
    const after = groupsAfter(provider, identity, groups);
    return isDeepStrictEqual(after, groups.toSorted()) ? undefined : after;
  }
}
