import { isPublic, type Client } from '../client.js';
import { hasUsers, unless, type LintFault, type LintRule } from './lint-rule.js';

/** How the client hears of sign-outs, and whether it does. */
export const LOGOUT_RULES: readonly LintRule[] = [
  {
    id: 'not-told-of-sign-outs',
    severity: 'notice',
    clause: 'OIDC Back-Channel Logout §2.2',
    find: ({ client }) =>
      unless(
        !keepsSessions(client) ||
          client.backchannelLogoutUri !== undefined ||
          client.frontchannelLogoutUri !== undefined,
        'backchannelLogoutUri',
        'Add one where the application has sessions of its own: they outlive the sign-out of their users.',
      ),
  },
  {
    id: 'front-channel-logout',
    severity: 'notice',
    clause: 'OIDC Front-Channel Logout §4.1',
    find: ({ client: { backchannelLogoutUri, frontchannelLogoutUri } }) =>
      unless(
        frontchannelLogoutUri === undefined || backchannelLogoutUri !== undefined,
        'frontchannelLogoutUri',
        'Add backchannel_logout_uri: browsers keep cookies from pages in frames, so that this one signs nobody out.',
      ),
  },
  {
    id: 'logout-fails',
    severity: 'warning',
    clause: 'OIDC Back-Channel Logout §2.8',
    find: ({ client, logoutFailure }) =>
      unless(
        client.backchannelLogoutUri === undefined || logoutFailure === undefined,
        'backchannelLogoutUri',
        `Look at what answers there: the last sign-out did not arrive (${logoutFailure}).`,
      ),
  },
  {
    id: 'dead-address',
    severity: 'error',
    clause: 'OIDC Back-Channel Logout §2.5',
    find: ({ deadAddresses = [] }) =>
      deadAddresses.map(({ member, reason, below = '' }): LintFault => [
        member,
        `Correct it or take it out: nobody answers there (${reason}).`,
        below,
      ]),
  },
];

// What has no server has nobody to tell; such an application asks again when its tokens end.
function keepsSessions(client: Client): boolean {
  return hasUsers(client) && !isPublic(client);
}
