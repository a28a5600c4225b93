import type { IssuerSettings } from '#platform/config/index.js';

/** The audience of access tokens that may be used at the userinfo endpoint (OIDC Core §5.3). */
export function userinfoIdentifier(issuer: IssuerSettings): string {
  return issuer.url('/oauth2/userinfo');
}
