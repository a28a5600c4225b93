import { RegistrationNotSupported } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** OIDC Core §3.1.2.6: a parameter that would change the request and is not supported is refused, never ignored. */
export function checkUnsupported(parameters: OAuthParameters): void {
  if (parameters.list('registration').length > 0) throw new RegistrationNotSupported('registration was sent');
}
