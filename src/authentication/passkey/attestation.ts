/**
 * Whether an attestation is one that is left when none was asked for (WebAuthn §5.4.7, §7.1 step 21): none, or the key's
 * own signature. Any other holds certificates, which nobody asked for and whose check would go out to the network.
 */
export async function isPlainAttestation(attestationObject: unknown): Promise<boolean> {
  if (typeof attestationObject !== 'string') return false;
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers');
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    const format = decoded.get('fmt');
    return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}
