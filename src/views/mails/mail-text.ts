import { plainText } from '../text.js';
import type { MailBlock } from './mail.js';

/** Long enough for a paragraph with a name in it. */
const LONGEST_PARAGRAPH = 2000;
/** RFC 5322 §2.1.1: a line has at most 998 characters; a subject that people read has far fewer. */
const LONGEST_SUBJECT = 150;

/** A paragraph on one line, without anything in it that could pass for another line or header. */
export function paragraph(text: string): string {
  return plainText(text, LONGEST_PARAGRAPH);
}

/** A subject on one line (RFC 5322 §2.2: no CR or LF in a header value). */
export function subjectLine(text: string): string {
  return plainText(text, LONGEST_SUBJECT);
}

/** The plain-text form of a mail. */
export function mailText(
  blocks: readonly MailBlock[],
  closing: readonly string[],
  url: (path: string) => string,
): string {
  const parts = blocks.map((block) => blockText(block, url));
  return `${[...parts, `-- \n${closing.map(paragraph).join('\n')}`].join('\n\n')}\n`;
}

function blockText(block: MailBlock, url: (path: string) => string): string {
  switch (block.kind) {
    case 'text':
      return paragraph(block.text);
    case 'facts':
      return block.facts.map(([label, value]) => `${paragraph(label)}: ${paragraph(value)}`).join('\n');
    case 'action':
      return `${paragraph(block.label)}:\n${url(block.path)}`;
    case 'code':
      return `    ${paragraph(block.code)}`;
  }
}
