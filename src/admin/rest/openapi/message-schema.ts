import { membersOf, type JsonSchema, type MemberFacts, type MessageClass } from '../member.decorators.js';

/** One difference that a write would make. */
const CHANGE_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    pointer: { type: 'string', description: 'Where it is (RFC 6901 §6).' },
    from: { description: 'What is there now; left out when nothing is.' },
    to: { description: 'What would be there; left out when nothing would.' },
  },
  required: ['pointer'],
  additionalProperties: false,
};

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
    return this.#described(`${type.name.replace(/^New|Members$|Patch$/, '')}Patch`, () => ({
      type: 'object',
      properties: Object.fromEntries(entries) as Record<string, JsonSchema>,
      additionalProperties: false,
    }));
  }

  /** The reference to the schema of a page of messages. */
  page(type: MessageClass): JsonSchema {
    return this.#described(`${recordOf(type)}Page`, () => ({
      type: 'object',
      properties: {
        items: { type: 'array', items: this.message(type), description: 'What is on this page.' },
        next_cursor: { type: ['string', 'null'], description: 'Where the next page starts; null on the last one.' },
      },
      required: ['items', 'next_cursor'],
      additionalProperties: false,
    }));
  }

  /** The reference to the schema of what a dry run answers of a write whose result a GET answers as `type`. */
  dryRun(type: MessageClass, would: 'create' | 'update'): JsonSchema {
    const members = membersOf(type);
    const decided = members.filter(({ required, schema }) => required && schema['readOnly'] !== true);
    const preview = this.#described(`${recordOf(type)}Preview`, () => ({
      type: 'object',
      properties: Object.fromEntries(members.map((facts) => [facts.name, this.#member(facts)])),
      required: decided.map(({ name }) => name),
      additionalProperties: false,
    }));
    return this.#dryRun(`${recordOf(type)}DryRun${would === 'create' ? 'Creation' : 'Change'}`, would, preview);
  }

  /** The reference to the schema of what a dry run answers of an action on several records. */
  dryRunOfAction(answer: MessageClass): JsonSchema {
    return this.#dryRun(`${recordOf(answer)}DryRunAction`, 'update', this.message(answer));
  }

  /** The reference to the schema of what a dry run answers of a deletion. */
  dryRunOfDeletion(): JsonSchema {
    return this.#dryRun('DryRunDeletion', 'delete', undefined);
  }

  #dryRun(name: string, would: string, result: JsonSchema | undefined): JsonSchema {
    const change = this.#described('Change', () => CHANGE_SCHEMA);
    const about = 'What would be there, without what only the write itself would make.';
    const properties = {
      dry_run: { type: 'boolean', const: true, description: 'That nothing was written.' },
      would: { type: 'string', const: would, description: 'What the write would do.' },
      changes: { type: 'array', items: change, description: 'Where what is there would differ.' },
      ...(result && { result: { ...result, description: about } }),
    };
    const waits = { type: 'boolean', const: true, description: 'That it would wait for a second person.' };
    return this.#described(name, () => ({
      type: 'object',
      properties: { ...properties, ...(result && { needs_approval: waits }) },
      required: Object.keys(properties),
      additionalProperties: false,
    }));
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

/** What an answer is an answer of: programs that are generated from the document name their types by it. */
function recordOf({ name }: MessageClass): string {
  return name.replace(/Answer$/, '');
}

function removable(schema: JsonSchema, { required }: MemberFacts): JsonSchema {
  if (required || 'not' in schema) return schema;
  const { description, ...rest } = schema;
  return { description, anyOf: [rest, { type: 'null' }] };
}
