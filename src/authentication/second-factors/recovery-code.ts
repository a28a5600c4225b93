/** Letters and digits that are not taken for one another when read from paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes of a recovery code: 80 bits, which nobody guesses from its digest. */
export const RECOVERY_CODE_BYTES = 10;

/** Ten random bytes as a code for people, as in `7K2M-9QXA-00CV-HRT3`. */
export function recoveryCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** What somebody typed, as the code would be written; undefined when it cannot be one. */
export function typedRecoveryCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(letters)) return undefined;
  return (letters.match(/.{4}/g) ?? []).join('-');
}
