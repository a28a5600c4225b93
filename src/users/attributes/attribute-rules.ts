import type { UserProblem } from '../claim-rules.js';
import { TEXT_CLAIMS } from '../standard-claims.js';
import type { AttributeConstraints, AttributeDeclaration, AttributeWords } from './attribute.js';

const NAME = /^[a-z][a-z0-9_]{0,62}$/;
const LONGEST_TITLE = 100;
const LONGEST_DESCRIPTION = 500;
const LONGEST_TEXT = 1000;
const MOST_ITEMS = 50;
const MOST_CHOICES = 200;
const MOST_LANGUAGES = 50;

/** Members of a user that are no attributes, so that no attribute is taken for one of them. */
const TAKEN = new Set([
  ...Object.keys(TEXT_CLAIMS),
  ...['id', 'sub', 'username', 'password', 'status', 'groups', 'effective_groups', 'attributes', 'address'],
  ...['email_verified', 'phone_number_verified', 'website', 'zoneinfo', 'created_at', 'updated_at'],
]);

type Found = readonly [pointer: string, detail: string];

/** Says everything that is wrong with a declaration. */
export function declarationProblems(declaration: AttributeDeclaration): UserProblem[] {
  const found = [
    ...nameProblems(declaration.name),
    ...wordProblems(declaration, ''),
    ...translationProblems(declaration),
    ...audienceProblems(declaration),
    ...constraintProblems(declaration),
    ...uniqueProblems(declaration),
  ];
  return found.map(([pointer, detail]) => ({ pointer: `#/${pointer}`, detail }));
}

function nameProblems(name: string): Found[] {
  if (!NAME.test(name)) return [['name', 'must be 1 to 63 lower-case letters, digits or _, beginning with a letter']];
  return TAKEN.has(name) ? [['name', 'is a member that every user has']] : [];
}

function wordProblems({ title, description }: AttributeWords, place: string): Found[] {
  return [
    ...(isLine(title, LONGEST_TITLE)
      ? []
      : [found(`${place}title`, `must be one line of 1 to ${LONGEST_TITLE} characters`)]),
    ...(description === undefined || isLine(description, LONGEST_DESCRIPTION)
      ? []
      : [found(`${place}description`, `must be one line of 1 to ${LONGEST_DESCRIPTION} characters`)]),
  ];
}

function translationProblems({ translations }: AttributeDeclaration): Found[] {
  const entries = Object.entries(translations);
  if (entries.length > MOST_LANGUAGES) return [['translations', `must not have more than ${MOST_LANGUAGES} languages`]];
  return entries.flatMap(([tag, words]) =>
    isLanguage(tag)
      ? wordProblems(words, `translations/${tag}/`)
      : [found('translations', `${tag.slice(0, 35)} is not a language tag`)],
  );
}

/** Whoever edits a value must see what they edit. */
function audienceProblems({ visibleTo, editableBy }: AttributeDeclaration): Found[] {
  const seen = editableBy === 'nobody' || visibleTo === 'user' || visibleTo === editableBy;
  return seen ? [] : [['editable_by', 'must not be somebody who cannot see it']];
}

/** Which constraints mean something for which types. */
const CONSTRAINED: Readonly<Record<keyof AttributeConstraints, (declaration: AttributeDeclaration) => boolean>> = {
  minLength: ({ type }) => type === 'string',
  maxLength: ({ type }) => type === 'string',
  minimum: ({ type }) => type === 'number',
  maximum: ({ type }) => type === 'number',
  maxItems: ({ list }) => list,
  choices: ({ type }) => type === 'enum',
};

function constraintProblems(declaration: AttributeDeclaration): Found[] {
  const { constraints, type } = declaration;
  const names = Object.keys(constraints) as (keyof AttributeConstraints)[];
  const meaningless = names.filter((name) => constraints[name] !== undefined && !CONSTRAINED[name](declaration));
  return [
    ...meaningless.map((name) => found(wire(name), `means nothing for ${declaration.list ? 'a list of ' : ''}${type}`)),
    ...rangeProblems(constraints, 'minLength', 'maxLength', LONGEST_TEXT),
    ...rangeProblems(constraints, 'minimum', 'maximum', Number.MAX_SAFE_INTEGER),
    ...rangeProblems({ ...constraints, least: 1 }, 'least', 'maxItems', MOST_ITEMS),
    ...(type === 'enum' ? choiceProblems(constraints.choices ?? []) : []),
  ];
}

function rangeProblems<Least extends string, Most extends string>(
  constraints: { readonly [N in Least | Most]?: number } & object,
  least: Least,
  most: Most,
  bound: number,
): Found[] {
  const [from, to] = [constraints[least], constraints[most]];
  if (to !== undefined && to > bound) return [[wire(most), `must not be more than ${bound}`]];
  if (most === 'maxLength' && from !== undefined && from < 0) return [[wire(least), 'must not be negative']];
  return from !== undefined && to !== undefined && from > to ? [[wire(most), `must not be less than ${from}`]] : [];
}

function choiceProblems(choices: readonly string[]): Found[] {
  if (choices.length === 0 || choices.length > MOST_CHOICES)
    return [['choices', `must have 1 to ${MOST_CHOICES} texts`]];
  if (new Set(choices).size < choices.length) return [['choices', 'must not have one twice']];
  const bad = choices.findIndex((choice) => !isLine(choice, LONGEST_TITLE));
  return bad < 0 ? [] : [[`choices/${bad}`, `must be one line of 1 to ${LONGEST_TITLE} characters`]];
}

function uniqueProblems({ unique, list, type }: AttributeDeclaration): Found[] {
  return unique && (list || ['boolean', 'enum'].includes(type))
    ? [['unique', 'is for single texts, numbers, dates, URLs and addresses']]
    : [];
}

/** A text of one line with something in it. */
export function isLine(text: string, longest: number): boolean {
  return text.trim() !== '' && text.length <= longest && !/\p{Cc}/u.test(text);
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

function wire(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function found(pointer: string, detail: string): Found {
  return [pointer, detail];
}
