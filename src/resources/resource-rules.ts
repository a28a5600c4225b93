import { isAdminScopeName } from './admin-resource.js';
import type { ScopeWords } from './scope-words.js';

/** One fault of a resource or scope, with the place of it as a JSON pointer. */
export interface ResourceProblem {
  readonly pointer: string;
  readonly detail: string;
}

const LONGEST_LIFETIME = 60 * 60;
const LONGEST_IDENTIFIER = 512;
const LONGEST_LINE = 200;
const LONGEST_DESCRIPTION = 2000;
const LONGEST_TRANSLATIONS = 60_000;
const MOST_CLIENTS = 100;
const RECORD_ID = /^[A-Za-z0-9._~-]{1,36}$/;
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]{1,255}$/;

/** Says everything that is wrong with a resource. */
export function resourceProblems(resource: {
  readonly id?: string | undefined;
  readonly identifier: string;
  readonly name: string;
  readonly accessTokenLifetime?: number | undefined;
  readonly introspectionClients?: readonly string[] | undefined;
}): ResourceProblem[] {
  const { id, identifier, name, accessTokenLifetime: lifetime, introspectionClients: clients = [] } = resource;
  return faults([
    [id === undefined || RECORD_ID.test(id), '#/id', 'must be 1 to 36 letters, digits or . _ ~ -'],
    [isIdentifier(identifier), '#/identifier', 'must be an absolute URI without fragment, at most 512 characters'],
    [isLine(name), '#/name', `must be one line of 1 to ${LONGEST_LINE} characters`],
    [
      isLifetime(lifetime),
      '#/access_token_lifetime',
      `must be a whole number of seconds from 1 to ${LONGEST_LIFETIME}`,
    ],
    [clients.length <= MOST_CLIENTS, '#/introspection_clients', `must not have more than ${MOST_CLIENTS} clients`],
    ...clients.map((client, index): Check => {
      return [client !== '' && client.length <= 255, `#/introspection_clients/${index}`, 'must be a client_id'];
    }),
  ]);
}

/** Says everything that is wrong with a scope (RFC 6749 §3.3). */
export function scopeProblems(
  scope: ScopeWords & {
    readonly name: string;
    readonly translations?: Readonly<Record<string, ScopeWords>> | undefined;
  },
): ResourceProblem[] {
  const { translations = {} } = scope;
  return faults([
    [SCOPE_TOKEN.test(scope.name), '#/name', 'must be 1 to 255 printable ASCII characters without space, " and \\'],
    [!isAdminScopeName(scope.name), '#/name', 'belongs to the admin API'],
    ...wordChecks(scope, '#'),
    [fitsIntoRow(translations), '#/translations', `must not be longer than ${LONGEST_TRANSLATIONS} bytes in all`],
    ...Object.entries(translations).flatMap(([tag, words]) => translationChecks(tag, words)),
  ]);
}

function translationChecks(tag: string, words: ScopeWords): Check[] {
  if (!isLanguage(tag)) return [[false, '#/translations', `${tag.slice(0, 35)} is not a language tag`]];
  return wordChecks(words, `#/translations/${tag}`);
}

function wordChecks({ title, description = '', example }: ScopeWords, place: string): Check[] {
  const line = `must be one line of 1 to ${LONGEST_LINE} characters`;
  return [
    [isLine(title), `${place}/title`, line],
    [isText(description), `${place}/description`, `must be text of at most ${LONGEST_DESCRIPTION} characters`],
    [example === undefined || isLine(example), `${place}/example`, line],
  ];
}

type Check = readonly [holds: boolean, pointer: string, detail: string];

function faults(checks: readonly Check[]): ResourceProblem[] {
  return checks.filter(([holds]) => !holds).map(([, pointer, detail]) => ({ pointer, detail }));
}

// RFC 8707 §2: an absolute URI without a fragment.
function isIdentifier(identifier: string): boolean {
  return identifier.length <= LONGEST_IDENTIFIER && URI_CHARACTERS.test(identifier) && URL.canParse(identifier);
}

function isLine(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_LINE && !/\p{Cc}/u.test(text);
}

function isText(text: string): boolean {
  return text.length <= LONGEST_DESCRIPTION && !/[^\P{Cc}\n\t]/u.test(text);
}

function fitsIntoRow(translations: object): boolean {
  return Buffer.byteLength(JSON.stringify(translations)) <= LONGEST_TRANSLATIONS;
}

// RFC 5646 §2.1, in the usual case, so that one language has one place.
function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

function isLifetime(seconds: number | undefined): boolean {
  return seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_LIFETIME);
}
