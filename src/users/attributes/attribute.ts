/** What kinds of values an attribute can have. */
export const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'date', 'url', 'email', 'enum'] as const;

/** Who may see or edit an attribute: users their own and administrators all; only administrators; nobody, only programs. */
export const ATTRIBUTE_AUDIENCES = ['user', 'administrators', 'nobody'] as const;

/** One of the audiences. */
export type AttributeAudience = (typeof ATTRIBUTE_AUDIENCES)[number];

/** What an attribute is called in one language. */
export interface AttributeWords {
  readonly title: string;
  readonly description?: string;
}

/** What the values of an attribute must be, beside their type; what is absent does not matter. */
export interface AttributeConstraints {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  /** What an `enum` can be. */
  readonly choices?: readonly string[];
}

/** What administrators declare about an attribute of users. */
export interface AttributeDeclaration extends AttributeWords {
  readonly name: string;
  readonly type: (typeof ATTRIBUTE_TYPES)[number];
  /** Whether a value is a list of values of the type. */
  readonly list: boolean;
  /** Whether whoever fills in the attributes of a user must give it. */
  readonly required: boolean;
  /** Whether no two users may have the same value. */
  readonly unique: boolean;
  readonly visibleTo: AttributeAudience;
  readonly editableBy: AttributeAudience;
  /** The words in other languages, by language tag. */
  readonly translations: Readonly<Record<string, AttributeWords>>;
  readonly constraints: AttributeConstraints;
}

/** A declared attribute of users. */
export interface Attribute extends AttributeDeclaration {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type One = string | number | boolean;

/** The value of an attribute. */
export type AttributeValue = One | readonly One[];

/** Values by the names of their attributes. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** Values to set as they came from outside, and with null what to take away. */
export type AttributeChanges = Readonly<Record<string, unknown>>;

/** The words for an attribute in a language, or else in the language that it was declared in. */
export function attributeWords(attribute: AttributeDeclaration, locale: string): AttributeWords {
  const { title, description, translations } = attribute;
  const own = description === undefined ? { title } : { title, description };
  return translations[locale] ?? translations[locale.split('-')[0] ?? locale] ?? own;
}
