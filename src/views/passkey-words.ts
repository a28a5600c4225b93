import { CATALOGUES, type Locale } from './messages/index.js';

/** The name of a passkey that its user did not name and that does not say what keeps it. */
export function plainPasskeyName(locale: Locale): string {
  return CATALOGUES[locale].passkeys.newName;
}
