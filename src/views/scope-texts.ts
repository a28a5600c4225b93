import { CATALOGUES, type Locale } from './messages/index.js';

/** What people read instead of the name of a scope. */
export interface ScopeText {
  readonly title: string;
  readonly description: string;
}

/** Parts of the admin API that nobody can change. */
const READ_ONLY: ReadonlySet<string> = new Set(['jobs', 'metrics']);

/** The words for a scope that this service itself defines: the standard ones and those of the admin API. */
export function scopeText(name: string, locale: Locale): ScopeText | undefined {
  const { standard, admin } = CATALOGUES[locale].scopes;
  if (Object.hasOwn(standard, name)) {
    return standard[name as keyof typeof standard];
  }
  const [, noun = '', right] = /^([a-z-]+):(read|write)$/.exec(name) ?? [];
  if (!Object.hasOwn(admin.nouns, noun) || (right === 'write' && READ_ONLY.has(noun))) {
    return undefined;
  }
  const words = admin.nouns[noun as keyof typeof admin.nouns];
  return right === 'read' ? admin.read(words) : admin.write(words);
}

/** The words for one claim about the user, where it is asked for without the rest of its scope (OIDC Core §5.1). */
export function claimTitle(name: string, locale: Locale): string {
  const { claims } = CATALOGUES[locale].scopes;
  return Object.hasOwn(claims, name) ? claims[name as keyof typeof claims] : name;
}
