import type { Dates } from '../dates.js';
import type { Messages } from '../messages/en.js';

/** One piece of a mail; text that people supplied may stand in each, as it is cleaned where it is written out. */
export type MailBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** What happened: a label and what is known, line by line. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  /** The one thing to do; a path of our own, so that no mail leads anywhere else. */
  | { readonly kind: 'action'; readonly label: string; readonly path: string }
  /** A code to copy by hand. */
  | { readonly kind: 'code'; readonly code: string };

/** A mail as its template writes it; text and HTML are both made of it, so that they cannot differ. */
export interface MailDraft {
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
}

/** What a template may know besides its own data. */
export interface MailContext {
  readonly words: Messages['mails'];
  readonly companyName: string;
  readonly dates: Dates;
}

/** A kind of mail: a typed function from plain data to its words. */
export interface MailTemplate<M> {
  /** What operators see of such a mail. */
  readonly name: string;
  readonly write: (model: M, context: MailContext) => MailDraft;
}

/** A mail ready to be sent. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
