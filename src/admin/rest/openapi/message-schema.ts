import { membersOf, type JsonSchema, type MemberFacts, type MessageClass } from '../member.decorators.js';

/** The schemas of a document by name; describing a message adds it and those inside it. */
export class MessageSchemas {
  readonly #schemas = new Map<string, JsonSchema>();

  /** All that were described, by name. */
  get all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The reference to the schema of a message. */
  message(type: MessageClass): JsonSchema {
    const members = membersOf(type);
    return this.#described(type.name, () => ({
      type: 'object',
      properties: Object.fromEntries(members.map((facts) => [facts.name, this.#member(facts)])),
      required: members.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    }));
  }

  /**
   * The reference to the schema of a merge patch of a message: nothing is required, null removes (RFC 7396). What only
   * the service sets may come along as it was answered.
   */
  patch(type: MessageClass, answer: MessageClass): JsonSchema {
    const members = membersOf(type);
    const names = new Set(members.map(({ name }) => name));
    const fixed = membersOf(answer).filter(({ name }) => !names.has(name));
    const entries = [
      ...members.map((facts) => [facts.name, removable(this.#patchMember(facts), facts)]),
      ...fixed.map((facts) => [facts.name, this.#member(facts)]),
    ];
    return this.#described(`${type.name.replace(/^New|Members$/, '')}Patch`, () => ({
      type: 'object',
      properties: Object.fromEntries(entries) as Record<string, JsonSchema>,
      additionalProperties: false,
    }));
  }

  /** The schema of a page of messages. */
  page(type: MessageClass): JsonSchema {
    return {
      type: 'object',
      properties: {
        items: { type: 'array', items: this.message(type) },
        next_cursor: { type: ['string', 'null'], description: 'Where the next page starts; null on the last one.' },
      },
      required: ['items', 'next_cursor'],
      additionalProperties: false,
    };
  }

  #described(name: string, describe: () => JsonSchema): JsonSchema {
    if (!this.#schemas.has(name)) this.#schemas.set(name, describe());
    return { $ref: `#/components/schemas/${name}` };
  }

  /** An object is patched member by member, a list replaced as a whole (RFC 7396 §2). */
  #patchMember(facts: MemberFacts): JsonSchema {
    const { schema, type, list } = facts;
    return type === undefined || list === true ? this.#member(facts) : { ...schema, ...this.patch(type, type) };
  }

  #member({ schema, type, list }: MemberFacts): JsonSchema {
    if (type === undefined) return schema;
    const inner = this.message(type);
    return list ? { ...schema, type: 'array', items: inner } : { ...schema, ...inner };
  }
}

function removable(schema: JsonSchema, { required }: MemberFacts): JsonSchema {
  if (required || 'not' in schema) return schema;
  const { description, ...rest } = schema;
  return { description, anyOf: [rest, { type: 'null' }] };
}
