/** Which sites the passkeys of this service belong to. */
export class PasskeySettings {
  /** The domain that passkeys are bound to; without it the host of the issuer (WebAuthn §4, RP ID). */
  declare readonly domain?: string;
  /** Origins besides the issuer's whose pages and applications may use the same passkeys (WebAuthn §5.11). */
  declare readonly relatedOrigins: readonly string[];

  constructor(values: { readonly domain?: string; readonly relatedOrigins: readonly string[] }) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** The settings as `gatehouse settings` shows them. */
export function shownPasskeys({
  domain,
  relatedOrigins,
}: PasskeySettings): Readonly<Record<string, string | undefined>> {
  return { PASSKEY_DOMAIN: domain, PASSKEY_ORIGINS: relatedOrigins.join(',') };
}
