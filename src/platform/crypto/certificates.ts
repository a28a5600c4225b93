import { X509Certificate } from 'node:crypto';

/** A certificate, as far as its end is concerned. */
export interface DatedCertificate {
  /** Its SHA-256 fingerprint. */
  readonly fingerprint: string;
  /** The last moment at which it counts (RFC 5280 §4.1.2.5). */
  readonly validTo: Date;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** When each of the certificates of a PEM text ends; what cannot be read is left out. */
export function datedCertificates(pem: string): DatedCertificate[] {
  return (pem.match(CERTIFICATE) ?? []).flatMap((text) => {
    try {
      const { fingerprint256: fingerprint, validTo } = new X509Certificate(text);
      return [{ fingerprint, validTo: new Date(validTo) }];
    } catch {
      return [];
    }
  });
}
