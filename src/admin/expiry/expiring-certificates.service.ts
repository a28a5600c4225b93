import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { DirectoriesService } from '#authentication/index.js';
import { OutboundSettings, ServerSettings } from '#platform/config/index.js';
import { Clock, datedCertificates } from '#platform/crypto/index.js';
import { horizon, type ExpiringSecret } from './expiring-secret.js';

type Kind = Extract<ExpiringSecret['kind'], `${string}_certificate`>;

/**
 * Finds certificates that run out soon: our own, and those that we trust. Keys of clients have no end here: nothing
 * but the key counts of what they publish, and they replace it themselves.
 */
@Injectable()
export class ExpiringCertificates {
  constructor(
    private readonly server: ServerSettings,
    private readonly outbound: OutboundSettings,
    private readonly directories: DirectoriesService,
    private readonly clock: Clock,
  ) {}

  async soon(): Promise<ExpiringSecret[]> {
    const { tls } = this.server;
    const { caFile } = this.outbound;
    const directories = (await this.directories.known()).filter(({ enabled }) => enabled);
    return [
      ...(tls === undefined ? [] : this.ending('tls_certificate', 'TLS_CERT_FILE', contentOf(tls.certFile))),
      ...(caFile === undefined ? [] : this.ending('trusted_certificate', 'OUTBOUND_CA_FILE', contentOf(caFile))),
      ...directories.flatMap(({ name, ca = '' }) => this.ending('directory_certificate', name, ca)),
    ];
  }

  private ending(kind: Kind, ownerName: string, pem: string): ExpiringSecret[] {
    const now = this.clock.now();
    return datedCertificates(pem)
      .filter(({ validTo }) => validTo > now && validTo <= horizon(now))
      .map(({ fingerprint, validTo: expiresAt }) => ({ kind, id: fingerprint, expiresAt, ownerName, contacts: [] }));
  }
}

/** The file as it is now: whoever renews a certificate may do so under the running service. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
