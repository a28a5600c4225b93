import { browserName } from '../browser-name.js';
import type { MailBlock, MailContext } from './mail.js';

/** Where and when something was done in an account, as far as it is known. */
export interface Happening {
  readonly at: Date;
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  /** The place of the address, as in `Paris, France`. */
  readonly place?: string | undefined;
}

/** What a notice says of what happened. */
export function whatHappened(happening: Happening, { words, dates }: MailContext): MailBlock {
  const { at, address, place } = happening;
  const facts: (readonly [string, string] | undefined)[] = [
    [words.when, dates.moment(at)],
    browserFact(happening, words),
    place === undefined ? undefined : [words.place, place],
    address === undefined ? undefined : [words.address, address],
  ];
  return { kind: 'facts', facts: facts.filter((fact) => fact !== undefined) };
}

function browserFact({ userAgent }: Happening, words: MailContext['words']): readonly [string, string] | undefined {
  if (userAgent === undefined) return undefined;
  const name = browserName(userAgent);
  if (name === undefined) return [words.browser, words.unknownBrowser];
  return [words.browser, name.system === undefined ? name.browser : words.browserOn(name.browser, name.system)];
}

/** How a reader says that it was somebody else: one link, which asks before it does anything. */
export function notYou(path: string, { words }: MailContext): MailBlock[] {
  return [
    { kind: 'text', text: words.notYouText },
    { kind: 'action', label: words.notYou, path },
  ];
}
