import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { AttributesService } from '#users/index.js';
import {
  attributeDeclaration,
  FIXED_ATTRIBUTE_MEMBERS,
  NewUserAttribute,
  translationProblems,
  userAttributeAnswer,
} from '../../rest/dto/user-attribute.dto.js';
import { everything } from '../../cli/pages.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  keptProblems,
  written,
  type DeclaredKind,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';

/** The attributes that users can have beside the standard claims. */
@Injectable()
export class UserAttributesKind implements DeclaredKind<NewUserAttribute> {
  readonly folder = 'user_attributes';
  readonly type = NewUserAttribute;
  readonly names = ['name'];

  constructor(private readonly attributes: AttributesService) {}

  nameOf({ name }: NewUserAttribute): string {
    return name;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.attributes.list(request));
    return all.map((attribute) => {
      const document = decidedMembers(userAttributeAnswer(attribute), FIXED_ATTRIBUTE_MEMBERS.fixed);
      return { name: attribute.name, id: attribute.name, document, updatedAt: attribute.updatedAt };
    });
  }

  async write({ message, present }: ToWrite<NewUserAttribute>): Promise<Written> {
    const malformed = translationProblems(message);
    if (malformed.length > 0) return written(malformed);
    const declaration = attributeDeclaration(message);
    if (present === undefined) return written(problemsOf(await this.attributes.create(declaration), '#/name'));
    const moved = keptProblems(present, { ...declaration }, FIXED_ATTRIBUTE_MEMBERS.kept);
    if (moved.length > 0) return written(moved);
    return written(problemsOf(await this.attributes.update(present.name, declaration, present.updatedAt), '#'));
  }

  async remove({ name }: PresentRecord): Promise<FieldProblem[]> {
    await this.attributes.delete(name);
    return [];
  }
}
