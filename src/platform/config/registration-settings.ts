import type { GrantType } from '#standards/oauth.js';

/** Whose software statements count, and the keys they are signed with: by value or by place (RFC 7591 §2.3). */
export interface StatementIssuer {
  readonly issuer: string;
  readonly jwks?: object;
  readonly jwksUri?: string;
}

/** What clients that register themselves may take (RFC 7591 §5). */
export class RegistrationSettings {
  declare readonly scopes: readonly string[];
  /** The standard ones among them that users may leave out; those of APIs always may be. */
  declare readonly optionalScopes: readonly string[];
  declare readonly grantTypes: readonly GrantType[];
  /** Host names, or `*.` and one; every host when absent. */
  declare readonly redirectHosts?: readonly string[];
  /** How long a client is kept that nobody uses. */
  declare readonly unusedDays: number;
  /** How many registrations one address may send in an hour. */
  declare readonly rate: number;
  declare readonly statementIssuersFile?: string;
  /** Whose software statements count (RFC 7591 §2.3); nobody's unless said. */
  declare readonly statementIssuers: readonly StatementIssuer[];

  constructor(values: Pick<RegistrationSettings, keyof RegistrationSettings>) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** The same as the environment would say it, by the names of the variables. */
export function shownRegistration(settings: RegistrationSettings): Readonly<Record<string, string | undefined>> {
  return {
    CLIENT_REGISTRATION_SCOPES: settings.scopes.join(','),
    CLIENT_REGISTRATION_OPTIONAL_SCOPES: settings.optionalScopes.join(','),
    CLIENT_REGISTRATION_GRANT_TYPES: settings.grantTypes.join(','),
    CLIENT_REGISTRATION_REDIRECT_HOSTS: settings.redirectHosts?.join(','),
    CLIENT_REGISTRATION_UNUSED_DAYS: String(settings.unusedDays),
    CLIENT_REGISTRATION_RATE: String(settings.rate),
    SOFTWARE_STATEMENT_ISSUERS_FILE: settings.statementIssuersFile,
  };
}
