/** A mail as it waits in the outbox: everything that its delivery needs, the same at each attempt. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** RFC 5322 §3.6.4: stays through all attempts, so that one that arrived twice is seen to be one. */
  readonly messageId: string;
  /** When it was written, in milliseconds. */
  readonly writtenAt: number;
  readonly language: string;
}

/** One mailbox and nothing besides: what would begin another recipient or header is none (RFC 5322 §3.4.1). */
const MAILBOX = /^[^\s@\p{C}"(),:;<>[\]\\]{1,64}@[^\s@\p{C}"(),:;<>[\]\\]{1,253}$/u;

/** Whether a mail can be addressed to it. */
export function isMailbox(address: string): boolean {
  return MAILBOX.test(address);
}
