/** A password hash that another system made, understood. */
export interface ForeignHash {
  /** What it is kept as: whatever a secret of the other system adds is taken out of it. */
  readonly stored: string;
  /** The secret without which it cannot be verified. */
  readonly secret?: ForeignSecret;
  /** Whether this is the password; the secret is given when there is one. */
  verify(password: string, secret?: Buffer): Promise<boolean>;
}

/** A secret of the other system that all its hashes need, as Firebase's signer key. */
export interface ForeignSecret {
  /** The name under which it is kept apart from the hashes. */
  readonly id: string;
  /** The secret itself, where a hash that is brought in holds it. */
  readonly value?: Buffer;
}

/** What reading a text as a hash gave: the hash, or why it is none that can be verified here. */
export type ForeignReading =
  { readonly outcome: 'read'; readonly hash: ForeignHash } | { readonly outcome: 'refused'; readonly problem: string };

/** One format of hashes; undefined when a text is not of it. */
export type ForeignFormat = (text: string) => ForeignReading | undefined;

/** Why a text is no hash that can be verified. */
export function refused(problem: string): ForeignReading {
  return { outcome: 'refused', problem };
}

/** A hash that was understood. */
export function understood(hash: ForeignHash): ForeignReading {
  return { outcome: 'read', hash };
}
