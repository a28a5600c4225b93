import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { ResourcesService } from '#resources/index.js';
import { everything } from '../../cli/pages.js';
import {
  FIXED_RESOURCE_MEMBERS,
  NewResource,
  resourceAnswer,
  resourceChanges,
  resourceInput,
} from '../../rest/dto/resource.dto.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  removedMembers,
  written,
  type DeclaredKind,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';

/** The protected APIs, without the one that is built in. */
@Injectable()
export class ResourcesKind implements DeclaredKind<NewResource> {
  readonly folder = 'resources';
  readonly type = NewResource;
  readonly names = ['identifier', 'name'];

  constructor(private readonly resources: ResourcesService) {}

  nameOf({ identifier }: NewResource): string {
    return identifier;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.resources.list(request));
    const own = all.filter(({ builtIn }) => !builtIn);
    return own.map((resource) => {
      const document = decidedMembers(resourceAnswer(resource), FIXED_RESOURCE_MEMBERS.fixed);
      return { name: resource.identifier, id: resource.id, document, updatedAt: resource.updatedAt };
    });
  }

  async write({ message, present }: ToWrite<NewResource>): Promise<Written> {
    if (present === undefined) {
      return written(problemsOf(await this.resources.create(resourceInput(message)), '#/identifier'));
    }
    const changes = resourceChanges(message, removedMembers(present, message));
    return written(problemsOf(await this.resources.update(present.id, changes, present.updatedAt), '#'));
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.resources.delete(id);
    return [];
  }
}
