import { Injectable } from '@nestjs/common';
import { DirectoriesService, type DirectoryChoices } from '#authentication/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { everything } from '../../cli/pages.js';
import { directoryAnswer, directoryChoices, FIXED_DIRECTORY_MEMBERS } from '../../rest/dto/directory.dto.js';
import { directoryPasswordProblems } from '../../rest/directory-password.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  written,
  type DeclaredKind,
  type GivenSecret,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';
import { DeclaredDirectory } from '../declared.dto.js';
import { KEPT } from '../secret-reference.js';

/** The LDAP directories from which people come. */
@Injectable()
export class DirectoriesKind implements DeclaredKind<DeclaredDirectory> {
  readonly folder = 'directories';
  readonly type = DeclaredDirectory;
  readonly names = ['name', 'preset'];
  readonly secret = { reference: 'bind_password_from', member: 'bind_password' };

  constructor(private readonly directories: DirectoriesService) {}

  nameOf({ name }: DeclaredDirectory): string {
    return name;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.directories.list(request));
    return all.map((directory) => {
      const decided = decidedMembers(directoryAnswer(directory), FIXED_DIRECTORY_MEMBERS.fixed);
      const document = { ...decided, ...(directory.hasBindPassword && { bind_password_from: KEPT }) };
      return { name: directory.name, id: directory.id, document, updatedAt: directory.updatedAt };
    });
  }

  async write({ message, secret, present }: ToWrite<DeclaredDirectory>): Promise<Written> {
    const { bind_password_from: reference, ...members } = message;
    const choices = directoryChoices(members);
    const problems = await this.directories.problems(choices);
    if (problems.length > 0) return written(problems);
    if (present !== undefined) return this.change(present, choices, { secret, keeps: reference === KEPT });
    const made = problemsOf(await this.directories.add(choices, secret?.value), '#/name');
    return { problems: made, secretChanged: secret !== undefined };
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.directories.delete(id);
    return [];
  }

  private async change(
    present: PresentRecord,
    choices: DirectoryChoices,
    { secret, keeps }: { readonly secret: GivenSecret | undefined; readonly keeps: boolean },
  ): Promise<Written> {
    const read = await this.directories.find(present.id);
    if (read?.updatedAt.getTime() !== present.updatedAt.getTime())
      return written(problemsOf({ outcome: 'stale' }, '#'));
    const password = secret?.value ?? (keeps ? undefined : null);
    const moved = directoryPasswordProblems(read, choices, password);
    if (moved.length > 0) return written(moved);
    const same = secret === undefined || (await this.directories.hasBindPassword(present.id, secret.value));
    return { problems: problemsOf(await this.directories.change(read, choices, password), '#'), secretChanged: !same };
  }
}
