import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { BrandingSettings, IssuerSettings, PasskeySettings } from '#platform/config/index.js';
import { sha256 } from '#platform/crypto/index.js';

/** This service as authenticators know it (WebAuthn §4, Relying Party). */
@Injectable()
export class RelyingParty {
  /** The domain that credentials are bound to. */
  readonly id: string;
  readonly name: string;
  /** Where an answer may have been made; compared as a whole (WebAuthn §13.4.9). */
  readonly origins: readonly string[];
  /** Browsers make no passkeys for a site that is an address instead of a name. */
  readonly isAvailable: boolean;

  constructor(issuer: IssuerSettings, passkeys: PasskeySettings, branding: BrandingSettings) {
    const { hostname } = new URL(issuer.issuer);
    this.id = passkeys.domain ?? hostname;
    this.name = branding.companyName;
    this.origins = [issuer.origin, ...passkeys.relatedOrigins];
    this.isAvailable = !hostname.startsWith('[') && isIP(hostname) === 0;
  }

  /** By what authenticators know a user: says nothing of who it is (WebAuthn §14.6.1). */
  userHandle(userId: string): string {
    return sha256(`passkey user ${userId}`);
  }
}
