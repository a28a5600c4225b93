import type { Client } from '#clients/index.js';
import { ResponseType } from '#standards/oauth.js';
import { UnauthorizedClient, UnsupportedResponseType } from '../../errors/oauth-error.js';
import { spaceDelimited, type OAuthParameters } from '../../parameters/oauth-parameters.js';

/** RFC 6749 §3.1.1: response types that this service offers; metadata is derived from it. */
export const RESPONSE_TYPES: readonly ResponseType[] = Object.values(ResponseType);

/** RFC 6749 §3.1.1: a registered response type; beyond `code` only what the client asked for in its record. */
export function allowedResponseType(parameters: OAuthParameters, client: Client): ResponseType {
  parameters.require('response_type');
  const supported = knownResponseType(parameters);
  if (supported === undefined) {
    const facts = { presented: parameters.require('response_type').slice(0, 64), supported: RESPONSE_TYPES };
    const decision = { rule: 'response_type.unknown', clause: 'RFC 6749 §3.1.1', facts };
    throw new UnsupportedResponseType('response_type is not supported', { decision });
  }
  if (!client.responseTypes.includes(supported)) {
    throw new UnauthorizedClient(`response_type ${supported} is not registered for ${client.clientId}`, {
      decision: {
        rule: 'response_type.unregistered',
        clause: 'RFC 6749 §3.1.1',
        clientId: client.clientId,
        facts: { presented: supported, registered: client.responseTypes },
      },
    });
  }
  return supported;
}

/** The response type asked for, if it is one; the order of its parts does not matter. */
export function knownResponseType(parameters: OAuthParameters): ResponseType | undefined {
  const asked = parts(parameters.get('response_type') ?? '');
  return RESPONSE_TYPES.find((type) => parts(type) === asked);
}

/** Whether a response type yields an authorization code. */
export function yieldsCode(responseType: ResponseType): boolean {
  return spaceDelimited(responseType).includes(ResponseType.Code);
}

/** Whether a response type yields an ID token with the answer. */
export function yieldsIdToken(responseType: ResponseType): boolean {
  return spaceDelimited(responseType).includes(ResponseType.IdToken);
}

/** Whether a response type yields an access token with the answer. */
export function yieldsToken(responseType: ResponseType): boolean {
  return spaceDelimited(responseType).includes('token');
}

function parts(responseType: string): string {
  return [...spaceDelimited(responseType)].sort().join(' ');
}
