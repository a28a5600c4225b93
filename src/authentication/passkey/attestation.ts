import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';

/**
 * Whether an attestation is one that is left when none was asked for (WebAuthn §5.4.7, §7.1 step 21): none, or the key's
 * own signature. Any other holds certificates, which nobody asked for and whose check would go out to the network.
 */
export function isPlainAttestation(attestationObject: unknown): boolean {
  if (typeof attestationObject !== 'string') return false;
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    const format = decoded.get('fmt');
    return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}
