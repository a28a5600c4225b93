import { isFrontChannel } from '#standards/oauth.js';
import { isPublic } from '../client.js';
import { isMacAlgorithm } from '../signing-secret.js';
import { unless, type LintFault, type LintRule } from './lint-rule.js';

/** How the client and what it gets are protected. */
export const PROTECTION_RULES: readonly LintRule[] = [
  {
    id: 'pkce-not-required',
    severity: 'warning',
    clause: 'RFC 9700 §2.1.1',
    find: ({ client: { requirePkce, grantTypes } }) =>
      unless(
        requirePkce || !grantTypes.includes('authorization_code'),
        'requirePkce',
        'Set it to true once the application sends a code challenge, so that a code is of no use to who steals it.',
      ),
  },
  {
    id: 'implicit-token',
    severity: 'error',
    clause: 'RFC 9700 §2.1.2',
    find: ({ client }) => eachType(client.responseTypes, (type) => type.split(' ').includes('token'), IMPLICIT),
  },
  {
    id: 'front-channel-id-token',
    severity: 'notice',
    clause: 'RFC 9700 §2.1.2',
    find: ({ client }) =>
      eachType(client.responseTypes, (type) => isFrontChannel(type) && !type.split(' ').includes('token'), HYBRID),
  },
  {
    id: 'public-client-grants',
    severity: 'error',
    clause: 'RFC 6749 §4.4',
    find: ({ client }) =>
      unless(
        !isPublic(client) || !client.grantTypes.includes('client_credentials'),
        'grantTypes',
        'Take client_credentials out, or give the client a way to prove itself: anybody could act in its name.',
      ),
  },
  {
    id: 'weak-algorithm',
    severity: 'warning',
    clause: 'RFC 8725 §3.5',
    find: ({ client }) =>
      (['idTokenSignedResponseAlg', 'userinfoSignedResponseAlg', 'tokenEndpointAuthSigningAlg'] as const).flatMap(
        (member): readonly LintFault[] =>
          unless(
            !isMacAlgorithm(client[member]),
            member,
            `Choose RS256, ES256 or EdDSA instead of ${client[member]}: what the secret signs, everybody with the secret can make.`,
          ),
      ),
  },
  {
    id: 'secret-in-body',
    severity: 'notice',
    clause: 'RFC 6749 §2.3.1',
    find: ({ client }) =>
      unless(
        client.tokenEndpointAuthMethod !== 'client_secret_post',
        'tokenEndpointAuthMethod',
        'Use client_secret_basic where the library can, or private_key_jwt, which sends no secret at all.',
      ),
  },
  {
    id: 'assertion-audience',
    severity: 'warning',
    clause: 'RFC 7523 §3',
    find: ({ client }) =>
      unless(
        client.clientAssertionAudience === 'issuer',
        'clientAssertionAudience',
        'Set it to issuer once the application names the issuer as audience: other audiences can be had by fraud.',
      ),
  },
];

const IMPLICIT = 'Use code alone: an access token in the address of a page leaks, and cannot be bound to the client.';
const HYBRID = 'Use code alone unless the application needs the ID token before it redeems the code.';

function eachType(types: readonly string[], meant: (type: string) => boolean, advice: string): LintFault[] {
  return types.flatMap((type, index): LintFault[] => (meant(type) ? [['responseTypes', advice, `/${index}`]] : []));
}
