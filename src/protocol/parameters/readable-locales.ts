import type { OAuthParameters } from './oauth-parameters.js';

const LONGEST = 1000;

/** OIDC Core §3.1.2.1: `ui_locales` is a wish that is never an error; one that is too long to keep counts as none. */
export function readableLocales(parameters: OAuthParameters): string | undefined {
  const asked = parameters.get('ui_locales');
  return asked === undefined || asked.length > LONGEST ? undefined : asked;
}
