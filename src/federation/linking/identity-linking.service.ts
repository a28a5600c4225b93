import { Injectable } from '@nestjs/common';
import { ADMINISTRATORS_GROUP, UsersService, type User } from '#users/index.js';
import { admissionProblem, isAuthoritative, sameMailbox } from '../identity/admission.js';
import type { UpstreamIdentity } from '../identity/upstream-identity.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { FederatedIdentities, IdentityTaken } from './federated-identities.service.js';
import { JustInTime } from './just-in-time.service.js';
import { ProfileRefresh } from './profile-refresh.service.js';

/** Who somebody with an account at a provider is here. */
export type Recognition =
  | { readonly outcome: 'known'; readonly user: User }
  /** Nobody yet: whoever it is has to prove it here first. */
  | { readonly outcome: 'unlinked' }
  | {
      readonly outcome: 'refused';
      readonly reason: 'not-allowed' | 'closed';
      readonly detail: string;
      readonly user?: User | undefined;
    };

/** Finds the user that an account at a provider belongs to, and links only where that is beyond doubt. */
@Injectable()
export class IdentityLinking {
  constructor(
    private readonly identities: FederatedIdentities,
    private readonly users: UsersService,
    private readonly justInTime: JustInTime,
    private readonly refresh: ProfileRefresh,
  ) {}

  async recognise(provider: UpstreamProvider, identity: UpstreamIdentity): Promise<Recognition> {
    const problem = admissionProblem(provider, identity);
    if (problem !== undefined) return { outcome: 'refused', reason: 'not-allowed', detail: problem };
    const known = await this.linked(provider, identity);
    if (known !== undefined) return known;
    const owner = await this.ownerOfAddress(identity);
    if (owner === undefined && provider.justInTime) return this.made(provider, identity);
    if (owner !== undefined && this.isBeyondDoubt(provider, identity, owner)) {
      return this.linkedNow(provider, identity, owner);
    }
    // The owner may be the same person, whose account another sign-in made after this one had looked for it. Asked without
    // an owner as well, so that an address that is somebody's here costs no more than another.
    return (await this.linked(provider, identity)) ?? { outcome: 'unlinked' };
  }

  /** By issuer and subject; a provider that was configured beside another does not inherit its people. */
  private async linked(provider: UpstreamProvider, identity: UpstreamIdentity): Promise<Recognition | undefined> {
    const link = await this.identities.find(identity);
    if (link === undefined) return undefined;
    if (link.providerId !== provider.id) {
      return { outcome: 'refused', reason: 'not-allowed', detail: 'it is known through another provider' };
    }
    const user = await this.users.find(link.userId);
    if (user?.status !== 'active') {
      return { outcome: 'refused', reason: 'closed', detail: 'its user is disabled', user: user ?? undefined };
    }
    await this.identities.used(link);
    await this.refresh.apply(provider, identity, user);
    return { outcome: 'known', user };
  }

  /** The user with the address; only one that the provider vouches for is looked for, so that nobody learns who is here. */
  private async ownerOfAddress({ email }: UpstreamIdentity): Promise<User | undefined> {
    return email?.verified === true ? this.users.findByLogin(email.address) : undefined;
  }

  /** Both sides vouch for the same mailbox; nobody of the administration is anybody's by an address alone. */
  private isBeyondDoubt(provider: UpstreamProvider, identity: UpstreamIdentity, owner: User): boolean {
    const { email, email_verified: verified } = owner.claims;
    return (
      isAuthoritative(provider, identity) &&
      verified === true &&
      owner.status === 'active' &&
      sameMailbox(email ?? '', identity.email?.address ?? '') &&
      owner.adminRole === undefined &&
      !owner.effectiveGroups.includes(ADMINISTRATORS_GROUP)
    );
  }

  private async linkedNow(provider: UpstreamProvider, identity: UpstreamIdentity, owner: User): Promise<Recognition> {
    try {
      await this.identities.link(identity, owner.id);
    } catch (error) {
      if (!(error instanceof IdentityTaken)) throw error;
    }
    return (await this.linked(provider, identity)) ?? { outcome: 'unlinked' };
  }

  private async made(provider: UpstreamProvider, identity: UpstreamIdentity): Promise<Recognition> {
    const account = await this.justInTime.make(provider, identity);
    if (account.outcome === 'made') return { outcome: 'known', user: account.user };
    return (await this.linked(provider, identity)) ?? { outcome: 'unlinked' };
  }
}
