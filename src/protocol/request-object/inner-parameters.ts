import { OAuthParameters } from '../parameters/oauth-parameters.js';

/** RFC 7519 §4.1: members that speak of the object itself; the rest are parameters (RFC 9101 §4). */
const OF_THE_OBJECT: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/** RFC 9101 §4: parameters that are JSON strings and nothing else; another type in their place is a mistake. */
const TEXTS: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'display',
  'acr_values',
  'ui_locales',
  'claims_locales',
  'id_token_hint',
  'login_hint',
]);

/** Parameters that have a JSON type of their own, or a text that stands for it (OIDC Core §5.5, §3.1.2.1, RFC 8707 §2). */
const TYPED: ReadonlySet<string> = new Set(['max_age', 'claims', 'registration', 'resource']);

/** As many as a form may have. */
const MOST_MEMBERS = 100;

type Inner =
  | { readonly ok: true; readonly parameters: OAuthParameters }
  | { readonly ok: false; readonly detail: string };

/** The parameters in a request object, as if each had been sent in a form (RFC 9101 §4, OIDC Core §6.1). */
export function innerParameters(claims: Readonly<Record<string, unknown>>): Inner {
  const members = Object.entries(claims).filter(([name]) => !OF_THE_OBJECT.has(name));
  if (members.length > MOST_MEMBERS) return { ok: false, detail: `more than ${MOST_MEMBERS} parameters` };
  const entries: [string, string][] = [];
  for (const [name, value] of members) {
    const texts = textsOf(name, value);
    if (!texts?.every(isReadable)) return { ok: false, detail: `${printable(name)} is of the wrong type` };
    entries.push(...texts.map((text): [string, string] => [name, text]));
  }
  return { ok: true, parameters: new OAuthParameters(entries) };
}

/** What a form would carry; undefined where the value cannot be that of the parameter. */
function textsOf(name: string, value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (TEXTS.has(name)) return undefined;
  if (name === 'resource') return isListOfTexts(value) ? value : undefined;
  if (Number.isSafeInteger(value)) return [String(value)];
  if (typeof value === 'object' && value !== null) return [JSON.stringify(value)];
  return TYPED.has(name) ? undefined : []; // RFC 6749 §3.1: what nobody knows is ignored
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What a form could not carry either: NUL, and halves of characters. */
function isReadable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function printable(name: string): string {
  return name.slice(0, 64).replaceAll(/[^\x20-\x7E]/g, '?');
}
