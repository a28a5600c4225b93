/** The bytes of a segment; only what encodes back to the same text: no padding, no white space, no loose bits (RFC 7515 §2). */
export function bytesOf(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return segment !== '' && bytes.toString('base64url') === segment ? bytes : undefined;
}
