/** The place that a private key is sealed for, so that it opens nowhere else. */
export function sealedFor(kid: string): string {
  return `signing_key ${kid}`;
}
