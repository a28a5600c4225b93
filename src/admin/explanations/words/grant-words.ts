import { laterRedirectUriWords } from './redirect-uri-words.js';
import { list, names, text, type Facts, type Words } from './words.js';

const CODE_STATES: Readonly<Record<string, string>> = {
  unknown: 'There is no such code: it was never issued here, or it is long gone.',
  expired: 'The code has expired.',
  redeemed: 'The code was redeemed before; what it yielded has ended.',
  revoked: 'What the code stands for was ended in the moment in which it was redeemed.',
};

const REFRESH_TOKEN_STATES: Readonly<Record<string, string>> = {
  unknown: 'There is no such refresh token: it was never issued here, or it is long gone.',
  expired: 'The refresh token has expired.',
  'used before': 'The refresh token was used before and has a successor; all that came of it has ended.',
};

/** What was presented at the token endpoint, and why nothing comes of it. */
export const GRANT_WORDS: Words = {
  'code.state': ({ state }) => CODE_STATES[text(state)] ?? `The code is ${text(state)}.`,
  'code.client': () => 'The code was issued to another client than the one that redeems it.',
  'code.redirect_uri': laterRedirectUriWords,
  'code.verifier': verifierWords,
  'refresh_token.state': ({ state }) => REFRESH_TOKEN_STATES[text(state)] ?? `The refresh token is ${text(state)}.`,
  'grant.fallen': fallenWords,
  'grant_type.unregistered': ({ presented, registered }) =>
    `The grant_type is ${text(presented)}; the client is registered for ${list(registered)}.`,
  'grant_type.unknown': ({ presented, supported }) =>
    `The grant_type is ${text(presented)}; this service knows ${list(supported)}.`,
  'client_credentials.public': () => 'A client that cannot prove who it is may not act for itself.',
};

function verifierWords({ challenged, length }: Facts): string {
  if (challenged !== true) return 'A code_verifier was sent although the authorization request had no code_challenge.';
  const sent = Number(length);
  if (sent === 0) return 'The code_verifier is missing; the authorization request had a code_challenge.';
  if (sent < 43 || sent > 128) return `The code_verifier has ${sent} characters; it must have 43 to 128.`;
  return 'The code_verifier does not fit the code_challenge: it is that of another request.';
}

function fallenWords({ cause, allowed_groups: allowed }: Facts): string {
  switch (cause) {
    case 'user-gone':
      return 'The user does not exist any more.';
    case 'user-disabled':
      return 'The user is disabled.';
    case 'group':
      return names(allowed)
        ? `The user is not in a group that may use the client any more: ${list(allowed)}.`
        : 'The user may not use the client any more.';
    case 'session-ended':
      return 'The user has signed out, and the client was not granted offline_access.';
    default:
      return 'What the user granted has ended: it was revoked or withdrawn, or it ran out.';
  }
}
