import { createTransport } from 'nodemailer';
import { smtpOptions } from '#mails/index.js';
import type { OutboundSettings } from '#platform/config/index.js';

/** Connects to the mail server as mails would and signs in there; no mail is sent. */
export async function probeSmtp(smtpUrl: string, outbound: OutboundSettings): Promise<void> {
  const transport = createTransport(smtpOptions(smtpUrl, outbound));
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
