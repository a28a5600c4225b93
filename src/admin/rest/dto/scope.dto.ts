import {
  SCOPE_ICONS,
  SCOPE_SENSITIVITIES,
  type ResourceProblem,
  type Scope,
  type ScopeChanges,
  type ScopeIcon,
  type ScopeInput,
  type ScopeSensitivity,
  type ScopeWords,
} from '#resources/index.js';
import { ChoiceMember, FlagMember, MapMember, NumberMember, TextMember, type Plain } from '../member.decorators.js';
import { isJsonObject } from '../merge-patch.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

const title = { maxLength: 200 };
const description = { maxLength: 2000 };

/** A scope to make. */
export class NewScope {
  @TextMember({ about: 'The name that clients ask for; it stays.', required: true, schema: { maxLength: 255 } })
  name!: string;

  @TextMember({
    about: 'The identifier of the API it belongs to; null when it belongs to none.',
    schema: { type: ['string', 'null'] },
  })
  resource?: string | null;

  @TextMember({ about: 'What it allows, in the words of a user.', required: true, schema: title })
  title!: string;

  @TextMember({ about: 'More about what it allows.', schema: description })
  description?: string;

  @TextMember({ about: 'What such data looks like.', schema: title })
  example?: string;

  @MapMember({
    about: 'Title, description and example in other languages, by language tag.',
    schema: {
      additionalProperties: {
        type: 'object',
        properties: {
          title: { type: 'string', ...title },
          description: { type: 'string', ...description },
          example: { type: 'string', ...title },
        },
        required: ['title'],
        additionalProperties: false,
      },
    },
  })
  translations?: Readonly<Record<string, unknown>>;

  @ChoiceMember(SCOPE_ICONS, { about: 'The drawing beside it.' })
  icon?: ScopeIcon;

  @ChoiceMember(SCOPE_SENSITIVITIES, { about: 'Sensitive ones are marked as such.', default: 'normal' })
  sensitivity?: ScopeSensitivity;
}

/** Changes to a scope. */
export class ScopePatch extends NewScope {
  @FlagMember({
    about:
      'Whether words that change say something else than before: everybody is asked again then. When only the wording is better, nobody is.',
    default: false,
    writeOnly: true,
  })
  meaning_changed?: boolean;
}

/** A scope as it is answered. */
export class ScopeAnswer extends NewScope {
  @NumberMember({ about: 'Counts the changes of its words.', required: true, readOnly: true })
  text_version!: number;

  @NumberMember({
    about: 'Counts the changes of its meaning; what users allowed under an earlier one is asked again.',
    required: true,
    readOnly: true,
  })
  meaning_version!: number;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a scope that only the service sets, or that stay as they were first given. */
export const FIXED_SCOPE_MEMBERS = {
  fixed: ['text_version', 'meaning_version', ...STAMP_MEMBERS],
  kept: ['name', 'resource'],
};

/** Reads a message as what it says about a scope. */
export function scopeInput({ resource, translations, ...message }: Plain<NewScope>): ScopeInput {
  return { ...message, resourceIdentifier: resource, translations: translations && wellFormed(translations) };
}

/** Reads a patched message as the changes it makes. */
export function scopeChanges(message: Plain<ScopePatch>): ScopeChanges {
  return {
    title: message.title,
    description: message.description ?? null,
    example: message.example ?? null,
    translations: wellFormed(message.translations ?? {}),
    icon: message.icon ?? null,
    sensitivity: message.sensitivity ?? null,
    meaningChanged: message.meaning_changed,
  };
}

/** Says which translations are not made of a title and, if need be, a description and an example. */
export function scopeTranslationProblems({ translations = {} }: Plain<NewScope>): ResourceProblem[] {
  const bad = Object.entries(translations).some((entry) => !isTranslation(entry));
  const detail = 'must be objects with a title and, if need be, a description and an example';
  return bad ? [{ pointer: '#/translations', detail }] : [];
}

/** A scope as it is answered. */
export function scopeAnswer(scope: Scope): Plain<ScopeAnswer> {
  const { name, title: words, description: more, example, translations, icon, sensitivity } = scope;
  return {
    ...{ name, resource: scope.resourceIdentifier, title: words, description: more },
    ...(example === undefined ? {} : { example }),
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
    ...(icon === undefined ? {} : { icon }),
    ...{ sensitivity, text_version: scope.textVersion, meaning_version: scope.meaningVersion },
    ...stampsOf(scope),
  };
}

function wellFormed(translations: Readonly<Record<string, unknown>>): Record<string, ScopeWords> {
  return Object.fromEntries(Object.entries(translations).filter(isTranslation));
}

function isTranslation(entry: [string, unknown]): entry is [string, ScopeWords] {
  const [, words] = entry;
  if (!isJsonObject(words) || typeof words['title'] !== 'string') return false;
  const { title: _title, description: more, example, ...others } = words;
  return [more, example].every((text) => text === undefined || typeof text === 'string') && !hasMembers(others);
}

function hasMembers(object: object): boolean {
  return Object.keys(object).length > 0;
}
