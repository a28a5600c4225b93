import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { ScopesService } from '#resources/index.js';
import { everything } from '../../cli/pages.js';
import {
  FIXED_SCOPE_MEMBERS,
  scopeAnswer,
  scopeChanges,
  scopeInput,
  ScopePatch,
  scopeTranslationProblems,
} from '../../rest/dto/scope.dto.js';
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

/** The company's own scopes. */
@Injectable()
export class ScopesKind implements DeclaredKind<ScopePatch> {
  readonly folder = 'scopes';
  readonly type = ScopePatch;
  readonly names = ['name', 'resource'];

  constructor(private readonly scopes: ScopesService) {}

  nameOf({ name }: ScopePatch): string {
    return name;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.scopes.list(request));
    const own = all.filter(({ builtIn }) => !builtIn);
    return own.map((scope) => {
      const { resource, ...decided } = decidedMembers(scopeAnswer(scope), FIXED_SCOPE_MEMBERS.fixed);
      const document = { ...decided, ...(resource !== null && { resource }) };
      return { name: scope.name, id: scope.name, document, updatedAt: scope.updatedAt };
    });
  }

  async write({ message, present }: ToWrite<ScopePatch>): Promise<Written> {
    const malformed = scopeTranslationProblems(message);
    if (malformed.length > 0) return written(malformed);
    const { meaning_changed: _beside, ...made } = message;
    if (present === undefined) return written(problemsOf(await this.scopes.create(scopeInput(made)), '#/name'));
    const moved = keptProblems(present, made, FIXED_SCOPE_MEMBERS.kept);
    if (moved.length > 0) return written(moved);
    return written(problemsOf(await this.scopes.update(present.name, scopeChanges(message), present.updatedAt), '#'));
  }

  async remove({ name }: PresentRecord): Promise<FieldProblem[]> {
    await this.scopes.delete(name);
    return [];
  }
}
