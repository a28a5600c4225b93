import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { trustedCertificates, type OutboundSettings } from '#platform/config/index.js';

/** All waiting together stays below what the courier of the outbox gives a delivery. */
const CONNECT_MILLISECONDS = 3000;
const ANSWER_MILLISECONDS = 5000;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** How the mail server of `SMTP_URL` is spoken to: for sending and for trying whether it could be. */
export function smtpOptions(smtpUrl: string, outbound: Pick<OutboundSettings, 'caFile'>): SMTPPool.Options {
  const { username, hostname } = new URL(smtpUrl);
  const ca = trustedCertificates(outbound);
  return {
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: ANSWER_MILLISECONDS,
    // RFC 3207 §4.1, RFC 8314 §3: a password goes over the network under TLS or not at all.
    requireTLS: username !== '' && !LOOPBACK.test(hostname),
    tls: { minVersion: 'TLSv1.2', ...(ca && { ca }) },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
