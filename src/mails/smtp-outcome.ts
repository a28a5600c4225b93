import type { DeliveryOutcome } from '#platform/events/index.js';

/** What nodemailer tells of an attempt that failed. */
export interface SmtpFailure {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

/** Refusals of this very mail or its recipient; a server that refuses us as a whole may be put right by its operator. */
const OF_THE_MAIL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);
/** RFC 4954 §6, RFC 3207 §4: the server wants us to sign in or to encrypt first, which is no fault of the mail. */
const OF_THE_CONNECTION: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/** What a failed attempt means (RFC 5321 §4.2.1): 5yz of the mail is for good, everything else may pass. */
export function smtpOutcome({ code, responseCode, response }: SmtpFailure): DeliveryOutcome {
  const detail = ['the mail server refused', code, statusIn(response)].filter(Boolean).join(' ');
  const permanent =
    responseCode !== undefined &&
    responseCode >= 500 &&
    OF_THE_MAIL.has(code ?? '') &&
    !OF_THE_CONNECTION.has(responseCode);
  return { outcome: permanent ? 'failed' : 'retry', detail };
}

/** The codes alone (RFC 3463 §2): the words beside them often repeat the address. */
function statusIn(response: string | undefined): string | undefined {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response ?? '')?.[0];
}
