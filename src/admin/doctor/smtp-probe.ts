import { createTransport } from 'nodemailer';

const LONGEST_WAIT_MILLISECONDS = 5000;

/** Connects to the mail server and signs in there; no mail is sent. */
export async function probeSmtp(smtpUrl: string): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: LONGEST_WAIT_MILLISECONDS,
    greetingTimeout: LONGEST_WAIT_MILLISECONDS,
    socketTimeout: LONGEST_WAIT_MILLISECONDS,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
