import type { Client } from '#clients/index.js';

/** What tells a client which sign-in is over (OIDC Front-Channel Logout §2). */
export interface FrontChannelSession {
  readonly issuer: string;
  readonly sid: string;
}

/** OIDC Front-Channel Logout §2: what a client's frame shows, its query kept; issuer and session come both or neither. */
export function frontChannelUri(
  client: Pick<Client, 'frontchannelLogoutUri' | 'frontchannelLogoutSessionRequired'>,
  { issuer, sid }: FrontChannelSession,
): string | undefined {
  const { frontchannelLogoutUri: uri, frontchannelLogoutSessionRequired: sessionRequired } = client;
  if (uri === undefined || sessionRequired !== true) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ iss: issuer, sid }).toString()}`;
}
