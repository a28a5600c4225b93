import { RegistrationNotSupported, RequestNotSupported, RequestUriNotSupported } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** OIDC Core §3.1.2.6: parameters that would change the request and are not supported are refused, never ignored. */
export function checkUnsupported(parameters: OAuthParameters): void {
  if (parameters.list('request').length > 0) throw new RequestNotSupported('request was sent');
  if (parameters.list('request_uri').length > 0) throw new RequestUriNotSupported('request_uri was sent');
  if (parameters.list('registration').length > 0) throw new RegistrationNotSupported('registration was sent');
}
