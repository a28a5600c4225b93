import type { Decision } from '#explanations/index.js';
import { isFrontChannel, type ResponseType } from '#standards/oauth.js';
import { ResponseMode } from '#standards/oidc.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { knownResponseType } from './response-type.js';

/** OAuth Multiple Response Types §2.1, OAuth Form Post §2: response modes that this service offers; metadata is derived from it. */
export const RESPONSE_MODES: readonly ResponseMode[] = Object.values(ResponseMode);

/** OAuth Multiple Response Types §2.1: how the answer travels; a token never in a query. */
export function allowedResponseMode(parameters: OAuthParameters, responseType: ResponseType): ResponseMode {
  const asked = parameters.get('response_mode');
  if (asked === undefined) return defaultMode(responseType);
  const supported = RESPONSE_MODES.find((mode) => mode === asked);
  if (supported === undefined) {
    throw new InvalidRequest('response_mode is not supported', {
      description: 'The response_mode is not supported.',
      decision: seen('response_mode.unknown', { presented: asked.slice(0, 64), supported: RESPONSE_MODES }),
    });
  }
  if (supported === ResponseMode.Query && isFrontChannel(responseType)) {
    throw new InvalidRequest('response_mode query for a token', {
      description: 'Tokens are not sent in the query.',
      decision: seen('response_mode.query', { response_type: responseType }),
    });
  }
  return supported;
}

/** Where an error about the request goes: where the success would have gone, as far as that is known. */
export function errorMode(parameters: OAuthParameters): ResponseMode {
  const responseType = knownResponseType(parameters);
  if (parameters.get('response_mode') === ResponseMode.FormPost) return ResponseMode.FormPost;
  if (responseType === undefined) return ResponseMode.Query;
  if (parameters.get('response_mode') === ResponseMode.Fragment) return ResponseMode.Fragment;
  return defaultMode(responseType);
}

function seen(rule: string, facts: Decision['facts']): Decision {
  return { rule, clause: 'OAuth Multiple Response Types §2.1', facts };
}

function defaultMode(responseType: ResponseType): ResponseMode {
  return isFrontChannel(responseType) ? ResponseMode.Fragment : ResponseMode.Query;
}
