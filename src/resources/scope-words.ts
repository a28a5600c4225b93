/** The drawings that can stand beside a scope where users read what it allows. */
export const SCOPE_ICONS = [
  'calendar',
  'chat',
  'clock',
  'document',
  'key',
  'mail',
  'money',
  'people',
  'person',
  'phone',
  'photo',
  'place',
] as const;

/** One of the drawings. */
export type ScopeIcon = (typeof SCOPE_ICONS)[number];

/** How careful users should be with what a scope allows. */
export const SCOPE_SENSITIVITIES = ['normal', 'sensitive'] as const;

/** One of the two. */
export type ScopeSensitivity = (typeof SCOPE_SENSITIVITIES)[number];

/** What users read about a scope in one language. */
export interface ScopeWords {
  readonly title: string;
  readonly description?: string;
  /** What such data looks like, as in `Flight to Oslo, 3 May, 412.50 EUR`. */
  readonly example?: string;
}

/** What users see of a scope, and which version of it that is. */
export interface ScopePresentation extends ScopeWords {
  readonly description: string;
  /** The words in other languages, by language tag. */
  readonly translations: Readonly<Record<string, ScopeWords>>;
  readonly icon?: ScopeIcon;
  readonly sensitivity: ScopeSensitivity;
  /** Counts the changes of any word. */
  readonly textVersion: number;
  /** Counts the changes of the meaning: what was approved under an earlier one is asked again. */
  readonly meaningVersion: number;
}

/** What a scope begins with besides its title. */
export const FIRST_PRESENTATION = {
  description: '',
  translations: {},
  sensitivity: 'normal',
  textVersion: 1,
  meaningVersion: 1,
} as const;

/** The words for a scope in a language, or else in the language that it was made in; what is not translated is left out. */
export function scopeWords(
  scope: Omit<ScopePresentation, 'textVersion' | 'meaningVersion'>,
  locale: string,
): ScopeWords {
  const { title, description, example, translations } = scope;
  const own = { title, description, ...(example === undefined ? {} : { example }) };
  return translations[locale] ?? translations[locale.split('-')[0] ?? locale] ?? own;
}
