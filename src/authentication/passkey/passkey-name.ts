/** The longest name of a passkey, in characters. */
export const MAX_PASSKEY_NAME_LENGTH = 100;

/** The name that somebody typed for a passkey, on one line; undefined when nothing usable is left. */
export function passkeyName(typed: string): string | undefined {
  const name = typed
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return name === '' || name.length > MAX_PASSKEY_NAME_LENGTH ? undefined : name;
}
