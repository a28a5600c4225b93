import type { FeatureSettings, IssuerSettings } from '#platform/config/index.js';

/** How clients can learn that a session is over (OIDC Back-Channel Logout §2.1, Front-Channel Logout §3, Session Management §3.3). */
export function logoutMetadata(
  issuer: IssuerSettings,
  { sessionManagement }: Pick<FeatureSettings, 'sessionManagement'>,
): Record<string, boolean | string> {
  return {
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    ...(sessionManagement ? { check_session_iframe: issuer.url('/oauth2/check-session') } : {}),
  };
}
