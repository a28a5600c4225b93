import { browserName } from '../browser-name.js';
import type { Messages } from '../messages/en.js';

/** What a page calls the browser behind a `User-Agent` header. */
export function browserWords(userAgent: string | undefined, words: Messages['sessions']): string {
  const name = browserName(userAgent);
  if (name === undefined) return words.unknown;
  return name.system === undefined ? name.browser : words.browserOn(name.browser, name.system);
}
