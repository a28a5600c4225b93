import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions } from '#platform/database/index.js';
import type { UserProblem } from '../claim-rules.js';
import { UsersRepository } from '../users.repository.js';
import type { Attribute, AttributeChanges, AttributeValue, AttributeValues } from './attribute.js';
import { valueProblem } from './attribute-value-rules.js';
import { AttributeValuesRepository } from './attribute-values.repository.js';
import { AttributesRepository } from './attributes.repository.js';

/** Who sees or edits the attributes of a user: the user, or an administrator. */
export type AttributeReader = 'user' | 'administrators';

/** What became of the wish to change the attributes of a user. */
export type AttributesChange =
  | { readonly outcome: 'changed' | 'unknown' }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  /** Somebody else has the value that the pointer names, which only one may have. */
  | { readonly outcome: 'taken'; readonly pointer: string };

/** The values that users have for the declared attributes. */
@Injectable()
export class UserAttributes {
  constructor(
    private readonly attributes: AttributesRepository,
    private readonly values: AttributeValuesRepository,
    private readonly users: UsersRepository,
    private readonly transactions: Transactions,
  ) {}

  /** The attributes that a reader may see, by name. */
  async visibleTo(reader: AttributeReader): Promise<readonly Attribute[]> {
    return (await this.attributes.known()).filter((attribute) => isFor(reader, attribute.visibleTo));
  }

  /** The attributes that a reader may edit, by name. */
  async editableBy(reader: AttributeReader): Promise<readonly Attribute[]> {
    return (await this.attributes.known()).filter((attribute) => isFor(reader, attribute.editableBy));
  }

  /** Every value of a user, for what decides by them; nothing is read where nothing is declared. */
  async of(userId: string): Promise<AttributeValues> {
    return (await this.ofMany([userId], () => true)).get(userId) ?? {};
  }

  /** What a reader may see of each of the users. */
  seenBy(reader: AttributeReader, userIds: readonly string[]): Promise<ReadonlyMap<string, AttributeValues>> {
    return this.ofMany(userIds, ({ visibleTo }) => isFor(reader, visibleTo));
  }

  /** Says which changes are no values of declared attributes. */
  async problems(changes: AttributeChanges): Promise<UserProblem[]> {
    const known = await this.byName();
    return Object.entries(changes).flatMap(([name, value]) => {
      const attribute = known.get(name);
      const detail = attribute === undefined ? 'is not a declared attribute' : problemOf(attribute, value);
      return detail === undefined ? [] : [{ pointer: pointerOf(name), detail }];
    });
  }

  /** Says which changes to `present` are not the editor's to make; without it, also what a new user lacks. */
  async editProblems(
    editor: AttributeReader,
    changes: AttributeChanges,
    present?: AttributeValues,
  ): Promise<UserProblem[]> {
    return (await this.attributes.known()).flatMap((attribute) => {
      const { name } = attribute;
      const isGiven = Object.hasOwn(changes, name) && !isDeepStrictEqual(changes[name], present?.[name] ?? null);
      const after = isGiven ? changes[name] : null;
      const concerned = isGiven || present === undefined;
      const detail = concerned ? editProblem(editor, attribute, { isGiven, isGone: after === null }) : undefined;
      return detail === undefined ? [] : [{ pointer: pointerOf(name), detail }];
    });
  }

  /** Sets values that an editor gives, and takes away those that are null. */
  async change(userId: string, changes: AttributeChanges, editor: AttributeReader): Promise<AttributesChange> {
    const present = await this.of(userId);
    const problems = [...(await this.problems(changes)), ...(await this.editProblems(editor, changes, present))];
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(async () => {
        if (!(await this.users.touch(userId))) return { outcome: 'unknown' };
        const taken = await this.takenPointer(userId, changes);
        if (taken !== undefined) return { outcome: 'taken', pointer: taken };
        await this.write(userId, changes);
        return { outcome: 'changed' };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken', pointer: '#/attributes' };
      throw error;
    }
  }

  /** Whether changes, in which no problem was found, would change anything. */
  async differ(userId: string, changes: AttributeChanges): Promise<boolean> {
    const present = await this.of(userId);
    return Object.entries(changes).some(([name, value]) => !isDeepStrictEqual(present[name] ?? null, value));
  }

  /** The place of a value that somebody else has, and only one may have. */
  async takenPointer(userId: string, changes: AttributeChanges): Promise<string | undefined> {
    for (const [attribute, value] of await this.given(changes)) {
      const isTaken = attribute.unique && value !== null && (await this.values.isTaken(attribute, value, userId));
      if (isTaken) return pointerOf(attribute.name);
    }
    return undefined;
  }

  /** Writes changes in which no problem was found. */
  async write(userId: string, changes: AttributeChanges): Promise<void> {
    for (const [attribute, value] of await this.given(changes)) {
      if (value === null) await this.values.remove(userId, attribute);
      else await this.values.set(userId, attribute, value);
    }
  }

  private async given(changes: AttributeChanges): Promise<(readonly [Attribute, AttributeValue | null])[]> {
    const known = await this.byName();
    return Object.entries(changes).flatMap(([name, value]) => {
      const attribute = known.get(name);
      return attribute === undefined ? [] : [[attribute, value as AttributeValue | null] as const];
    });
  }

  private async byName(): Promise<ReadonlyMap<string, Attribute>> {
    return new Map((await this.attributes.known()).map((attribute) => [attribute.name, attribute]));
  }

  private async ofMany(
    userIds: readonly string[],
    shown: (attribute: Attribute) => boolean,
  ): Promise<ReadonlyMap<string, AttributeValues>> {
    const known = new Map((await this.attributes.known()).filter(shown).map((attribute) => [attribute.id, attribute]));
    const values = new Map<string, Record<string, AttributeValue>>();
    const rows = known.size === 0 || userIds.length === 0 ? [] : await this.values.findByUsers(userIds);
    for (const { userId, attributeId, value } of rows) {
      const name = known.get(attributeId)?.name;
      if (name !== undefined) values.set(userId, { ...values.get(userId), [name]: value });
    }
    return values;
  }
}

function isFor(reader: AttributeReader, audience: Attribute['visibleTo']): boolean {
  return audience === 'user' || audience === reader;
}

function editProblem(
  editor: AttributeReader,
  { editableBy, required }: Attribute,
  { isGiven, isGone }: { readonly isGiven: boolean; readonly isGone: boolean },
): string | undefined {
  if (!isFor(editor, editableBy)) return isGiven ? 'is not yours to change' : undefined;
  return required && isGone ? 'is required' : undefined;
}

function problemOf(attribute: Attribute, value: unknown): string | undefined {
  return value === null ? undefined : valueProblem(attribute, value);
}

function pointerOf(name: string): string {
  return `#/attributes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
