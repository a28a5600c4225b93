import { CLIENT_WORDS } from './words/client-words.js';
import { GRANT_WORDS } from './words/grant-words.js';
import { REQUEST_WORDS } from './words/request-words.js';
import { USER_WORDS } from './words/user-words.js';
import type { Facts, Words } from './words/words.js';

/** What each rule saw, in words; a rule without words of its own is explained by its clause. */
const WORDS: Words = { ...REQUEST_WORDS, ...CLIENT_WORDS, ...GRANT_WORDS, ...USER_WORDS };

/** Says why a request was refused. */
export function explanationWords(rule: string | null, clause: string, facts: Facts): string {
  const words = rule === null ? undefined : WORDS[rule];
  return words === undefined ? `The request does not do what ${clause} demands.` : words(facts);
}
