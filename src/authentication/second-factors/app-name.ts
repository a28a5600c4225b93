import { passkeyName } from '../passkey/passkey-name.js';

const LONGEST = 60;

/** The name that somebody typed for an authenticator app, on one line; undefined when nothing usable is left. */
export function appName(typed: string): string | undefined {
  const name = passkeyName(typed);
  return name === undefined || name.length > LONGEST ? undefined : name;
}
