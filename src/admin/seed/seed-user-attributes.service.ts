import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { AttributesService } from '#users/index.js';
import { attributeDeclaration, FIXED_ATTRIBUTE_MEMBERS, translationProblems } from '../rest/dto/user-attribute.dto.js';
import { problemsOf } from './seed-problems.js';
import type { SeedUserAttribute } from './seed.dto.js';

const { kept: KEPT } = FIXED_ATTRIBUTE_MEMBERS;

/** Applies the declared attributes of a seed: what is there is changed, what is not is declared. */
@Injectable()
export class SeedUserAttributes {
  constructor(private readonly attributes: AttributesService) {}

  async apply(message: SeedUserAttribute): Promise<FieldProblem[]> {
    const declaration = attributeDeclaration(message);
    const faults = translationProblems(message);
    if (faults.length > 0) return [...faults];
    const present = await this.attributes.find(declaration.name);
    if (present === undefined) return problemsOf(await this.attributes.create(declaration), '#/name');
    const moved = KEPT.filter((name) => Reflect.get(present, name) !== Reflect.get(declaration, name));
    if (moved.length > 0) return moved.map((name) => ({ pointer: `#/${name}`, detail: 'cannot be changed' }));
    return problemsOf(await this.attributes.update(declaration.name, declaration), '#');
  }
}
