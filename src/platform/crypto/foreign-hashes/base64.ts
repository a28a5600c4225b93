/** The bytes of any of the alphabets in use (RFC 4648 §4 and §5, with or without padding, and passlib's with dots). */
export function bytesOf(text: string): Buffer | undefined {
  const plain = text.replaceAll('.', '+').replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return undefined;
  return Buffer.from(plain, 'base64');
}

/** The form in which bytes are kept inside a hash: no padding, nothing that separates. */
export function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** The alphabet of crypt(3), from the least value to the greatest. */
export const CRYPT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Writes bytes as crypt(3) does: three at a time, the first of them lowest, six bits a character. */
export function cryptBase64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.slice(at, at + 3);
    const value = group.reduce((sum, byte, index) => sum + (byte << (8 * index)), 0);
    for (let index = 0; index <= group.length; index += 1) text += CRYPT_ALPHABET.charAt((value >> (6 * index)) & 63);
  }
  return text;
}
