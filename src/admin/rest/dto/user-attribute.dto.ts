import {
  ATTRIBUTE_AUDIENCES,
  ATTRIBUTE_TYPES,
  type Attribute,
  type AttributeDeclaration,
  type UserProblem,
} from '#users/index.js';
import {
  ChoiceMember,
  FlagMember,
  MapMember,
  NumberMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { isJsonObject } from '../merge-patch.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

const title = { maxLength: 100 };
const description = { maxLength: 500 };
const length = { minimum: 0, maximum: 1000 };

/** An attribute of users to declare. */
export class NewUserAttribute {
  @TextMember({
    about: 'The name, as users have it among their attributes; it stays.',
    required: true,
    schema: { pattern: '^[a-z][a-z0-9_]{0,62}$' },
  })
  name!: string;

  @ChoiceMember(ATTRIBUTE_TYPES, { about: 'What its values are; it stays.', required: true })
  type!: Attribute['type'];

  @FlagMember({ about: 'Whether a value is a list of such values; it stays.', default: false })
  list?: boolean;

  @FlagMember({ about: 'Whether whoever fills in the attributes of a user must give it.', default: false })
  required?: boolean;

  @FlagMember({ about: 'Whether no two users may have the same value; it stays.', default: false })
  unique?: boolean;

  @ChoiceMember(ATTRIBUTE_AUDIENCES, {
    about: 'Who sees it: users their own and administrators all, only administrators, or nobody.',
    default: 'administrators',
  })
  visible_to?: Attribute['visibleTo'];

  @ChoiceMember(ATTRIBUTE_AUDIENCES, {
    about: 'Who edits it: users their own and administrators all, only administrators, or nobody but programs.',
    default: 'administrators',
  })
  editable_by?: Attribute['editableBy'];

  @TextMember({ about: 'What pages call it.', required: true, schema: title })
  title!: string;

  @TextMember({ about: 'More about it.', schema: description })
  description?: string;

  @MapMember({
    about: 'Title and description in other languages, by language tag.',
    schema: {
      additionalProperties: {
        type: 'object',
        properties: { title: { type: 'string', ...title }, description: { type: 'string', ...description } },
        required: ['title'],
        additionalProperties: false,
      },
    },
  })
  translations?: Readonly<Record<string, unknown>>;

  @NumberMember({ about: 'The fewest characters of a string.', schema: length })
  min_length?: number;

  @NumberMember({ about: 'The most characters of a string.', schema: length })
  max_length?: number;

  @NumberMember({ about: 'The least that a number can be.' })
  minimum?: number;

  @NumberMember({ about: 'The most that a number can be.' })
  maximum?: number;

  @NumberMember({ about: 'The most items of a list.', schema: { minimum: 1, maximum: 50 } })
  max_items?: number;

  @TextListMember({ about: 'What an enum can be.' })
  choices?: readonly string[];
}

/** A declared attribute as it is answered. */
export class UserAttributeAnswer extends NewUserAttribute {
  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of an attribute that only the service sets, or that stay as they were first given. */
export const FIXED_ATTRIBUTE_MEMBERS = { fixed: STAMP_MEMBERS, kept: ['name', 'type', 'list', 'unique'] };

/** Reads a message as a declaration. */
export function attributeDeclaration(message: Plain<NewUserAttribute>): AttributeDeclaration {
  const { name, type, list = false, required = false, unique = false } = message;
  return {
    ...{ name, type, list, required, unique },
    visibleTo: message.visible_to ?? 'administrators',
    editableBy: message.editable_by ?? 'administrators',
    title: message.title,
    ...(message.description === undefined ? {} : { description: message.description }),
    translations: Object.fromEntries(Object.entries(message.translations ?? {}).filter(isTranslation)),
    constraints: constraintsOf(message),
  };
}

/** Says which translations are not made of a title and a description. */
export function translationProblems({ translations = {} }: Plain<NewUserAttribute>): UserProblem[] {
  const bad = Object.entries(translations).filter((entry) => !isTranslation(entry));
  const detail = 'must be an object with a title and, if need be, a description';
  return bad.length === 0 ? [] : [{ pointer: '#/translations', detail }];
}

function isTranslation(entry: [string, unknown]): entry is [string, { title: string; description?: string }] {
  const [, words] = entry;
  if (!isJsonObject(words) || typeof words['title'] !== 'string') return false;
  const { title: _title, description: more, ...others } = words;
  return (more === undefined || typeof more === 'string') && Object.keys(others).length === 0;
}

function constraintsOf(message: Plain<NewUserAttribute>): AttributeDeclaration['constraints'] {
  const { min_length: minLength, max_length: maxLength, minimum, maximum, max_items: maxItems, choices } = message;
  const members = { minLength, maxLength, minimum, maximum, maxItems, choices };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** A declared attribute as it is answered. */
export function userAttributeAnswer(attribute: Attribute): Plain<UserAttributeAnswer> {
  const { name, type, list, required, unique, title: words, translations, constraints } = attribute;
  const { minLength, maxLength, maxItems, ...same } = constraints;
  return {
    ...{ name, type, list, required, unique },
    visible_to: attribute.visibleTo,
    editable_by: attribute.editableBy,
    title: words,
    ...(attribute.description === undefined ? {} : { description: attribute.description }),
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
    ...(minLength === undefined ? {} : { min_length: minLength }),
    ...(maxLength === undefined ? {} : { max_length: maxLength }),
    ...(maxItems === undefined ? {} : { max_items: maxItems }),
    ...same,
    ...stampsOf(attribute),
  };
}
