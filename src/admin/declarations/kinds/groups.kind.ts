import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { ADMINISTRATORS_GROUP, GroupsService } from '#users/index.js';
import { everything } from '../../cli/pages.js';
import { FIXED_GROUP_MEMBERS, groupAnswer, groupChanges, groupInput, NewGroup } from '../../rest/dto/group.dto.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  written,
  type DeclaredKind,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';

/** The groups that users are in; who is in them is no matter of files. */
@Injectable()
export class GroupsKind implements DeclaredKind<NewGroup> {
  readonly folder = 'groups';
  readonly type = NewGroup;
  readonly names = ['name'];

  constructor(private readonly groups: GroupsService) {}

  nameOf({ name }: NewGroup): string {
    return name;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.groups.list(request));
    return all.map((group) => {
      const document = decidedMembers(groupAnswer(group), FIXED_GROUP_MEMBERS.fixed);
      const { id, name, updatedAt } = group;
      return { id, name, document, updatedAt, ...(name === ADMINISTRATORS_GROUP && { stays: true as const }) };
    });
  }

  /** What a group contains must be there before it, and contain nothing any more. */
  rank({ member_groups: inner = [] }: NewGroup): number {
    return inner.length === 0 ? 0 : 1;
  }

  async write({ message, present }: ToWrite<NewGroup>): Promise<Written> {
    const problems = await this.groups.problems(groupInput(message));
    if (problems.length > 0) return written(problems);
    if (present === undefined) return written(problemsOf(await this.groups.create(groupInput(message)), '#/name'));
    return written(problemsOf(await this.groups.update(present.id, groupChanges(message), present.updatedAt), '#'));
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    return problemsOf({ outcome: refusalOf(await this.groups.delete(id)) }, '#');
  }
}

/** What went together with something else before needs no second deletion. */
function refusalOf(outcome: string): string {
  return outcome === 'unknown' ? 'deleted' : outcome;
}
