import { Injectable } from '@nestjs/common';
import { DirectorySignIns, PasskeysService, PasswordsService, RelyingParty } from '#authentication/index.js';
import { FederatedIdentities, UpstreamProvidersService } from '#federation/index.js';

/** By what users can sign in, so that none is left without a way; what is switched off by the company is no way. */
@Injectable()
export class SignInWays {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly directories: DirectorySignIns,
    private readonly passkeys: PasskeysService,
    private readonly relyingParty: RelyingParty,
    private readonly identities: FederatedIdentities,
    private readonly providers: UpstreamProvidersService,
  ) {}

  /** Whether the user could sign in without any passkey. */
  async hasBesidesPasskeys(userId: string): Promise<boolean> {
    return (await this.byPassword(userId)) || (await this.byLink(userId));
  }

  /** Whether the user could sign in without this link. */
  async hasBesidesLink(userId: string, linkId: string): Promise<boolean> {
    return (await this.byPassword(userId)) || (await this.byPasskey(userId)) || (await this.byLink(userId, linkId));
  }

  /** A password that is kept here is none where a directory has the say. */
  private async byPassword(userId: string): Promise<boolean> {
    return (await this.directories.vouchesFor(userId)) ?? this.passwords.has(userId);
  }

  private async byPasskey(userId: string): Promise<boolean> {
    return this.relyingParty.isAvailable && (await this.passkeys.countOfUser(userId)) > 0;
  }

  private async byLink(userId: string, exceptId?: string): Promise<boolean> {
    const links = (await this.identities.listByUser(userId)).filter(({ id }) => id !== exceptId);
    if (links.length === 0) return false;
    const active = new Set((await this.providers.active()).map(({ id }) => id));
    return links.some(({ providerId }) => active.has(providerId));
  }
}
