/** How costly the hash of a password is, and who is asked whether a password has leaked. */
export class PasswordSettings {
  /** The memory that one hash takes, in KiB. */
  declare readonly hashMemoryKib: number;
  /** How often a hash passes over its memory. */
  declare readonly hashPasses: number;
  /** The address that the first five characters of a digest are put behind; nobody is asked without. */
  declare readonly leakedPasswordsUrl?: string;

  constructor(values: Pick<PasswordSettings, keyof PasswordSettings>) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** The settings as `gatehouse settings` shows them. */
export function shownPasswords(settings: PasswordSettings): Readonly<Record<string, string | undefined>> {
  return {
    PASSWORD_HASH_MEMORY_KIB: String(settings.hashMemoryKib),
    PASSWORD_HASH_PASSES: String(settings.hashPasses),
    LEAKED_PASSWORDS_URL: settings.leakedPasswordsUrl,
  };
}
