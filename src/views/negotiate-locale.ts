import { CATALOGUES, type Locale } from './messages/index.js';

/** The languages that every page is written in, the one for everybody else first. */
export const LOCALES = Object.keys(CATALOGUES) as readonly Locale[];

/** What is known of the languages a reader wants, the most telling first. */
export interface LanguageWishes {
  /** The `ui_locales` parameter as received (OIDC Core §3.1.2.1). */
  readonly uiLocales?: string | undefined;
  /** The user's `locale` claim, which they choose at their profile. */
  readonly userLocale?: string | undefined;
  /** The `Accept-Language` header as received. */
  readonly acceptLanguage?: string | undefined;
}

type SupportedLocale = { readonly locale: Locale; readonly language: string; readonly script: string | undefined };

const SUPPORTED: readonly SupportedLocale[] = LOCALES.map((locale) => {
  const full = new Intl.Locale(locale).maximize();
  return { locale, language: full.language, script: full.script };
});

/** Which language to write a page in: `ui_locales` (OIDC Core §3.1.2.1), then the one of the user's profile, then the browser's. */
export function negotiateLocale(wishes: LanguageWishes): Locale {
  return (
    firstMatch(wishes.uiLocales?.slice(0, 1000).split(/\s+/) ?? []) ??
    firstMatch([wishes.userLocale ?? '']) ??
    firstMatch(acceptedLanguages(wishes.acceptLanguage ?? '')) ??
    'en'
  );
}

/** RFC 9110 §12.5.4: the language ranges that are wanted at all, the dearest first. */
function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
      return { range, weight: Number.parseFloat(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range);
}

/** A language in the same script first; a reader of Traditional Chinese gets Simplified only when nothing better fits. */
function firstMatch(tags: readonly string[]): Locale | undefined {
  const wanted = tags.map(parse).filter((tag) => tag !== undefined);
  const sameScript = wanted.flatMap((tag) =>
    SUPPORTED.filter(({ language, script }) => language === tag.language && script === tag.script),
  );
  const sameLanguage = wanted.flatMap((tag) => SUPPORTED.filter(({ language }) => language === tag.language));
  return (sameScript[0] ?? sameLanguage[0])?.locale;
}

function parse(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).maximize();
  } catch {
    return undefined;
  }
}
