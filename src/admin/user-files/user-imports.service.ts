import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';
import { ForeignHashes, type ForeignHash } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import {
  typedName,
  UserAttributes,
  UsersService,
  type User,
  type UserChanges,
  type UserRefusal,
} from '#users/index.js';
import { allFaults, checkMessage } from '../rest/checked-message.js';
import { ImportedUser, type LINE_OUTCOMES, type ON_CONFLICT } from '../rest/dto/user-transfer.dto.js';
import { userInput } from '../rest/dto/user.dto.js';
import { UserAccounts } from '../rest/user-accounts.service.js';
import type { UserLine } from './user-lines.js';

/** How an import goes about it. */
export interface ImportChoices {
  readonly onConflict: (typeof ON_CONFLICT)[number];
  /** Says why whoever imports may have no hand in somebody, as they are and as a line would make them; nothing when they may. */
  readonly rankProblem: (present: User | undefined, wanted: RankedUser) => string | undefined;
}

/** What decides somebody's rank. */
type RankedUser = Partial<Pick<User, 'id' | 'groups' | 'adminRole'>>;

/** What became of one line. */
export interface LineReport {
  readonly line: number;
  readonly outcome: (typeof LINE_OUTCOMES)[number];
  readonly username?: string;
  readonly id?: string;
  readonly errors?: readonly FieldProblem[];
}

/** A line that was understood. */
interface ReadLine {
  readonly line: number;
  readonly message: ImportedUser;
  readonly hash: ForeignHash | undefined;
}

const MEANWHILE: FieldProblem = { pointer: '#', detail: 'was changed at the same moment; try again' };
const LAST_OWNER: FieldProblem = { pointer: '#/status', detail: 'is that of the last active owner' };

class Refused extends Error {
  constructor(readonly faults: readonly FieldProblem[]) {
    super('a line cannot be accepted');
  }
}

/** Brings users in from files, each line for itself: one that fails stops no other. */
@Injectable()
export class UserImports {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: UserAccounts,
    private readonly passwords: PasswordsService,
    private readonly attributes: UserAttributes,
    private readonly foreign: ForeignHashes,
    private readonly transactions: Transactions,
  ) {}

  async *run(lines: AsyncIterable<UserLine> | Iterable<UserLine>, choices: ImportChoices): AsyncIterable<LineReport> {
    for await (const line of lines) yield await this.one(line, choices);
  }

  private async one({ line, value, fault }: UserLine, choices: ImportChoices): Promise<LineReport> {
    if (fault !== undefined) return failed(line, [{ pointer: '#', detail: fault }]);
    const { message, problems } = checkMessage(ImportedUser, value);
    const username = message.username === '' ? {} : { username: message.username };
    try {
      const hash = this.hashIn(message, problems);
      return { ...(await this.apply({ line, message, hash }, problems, choices)), ...username };
    } catch (error) {
      if (error instanceof Refused) return { ...failed(line, error.faults), ...username };
      throw error;
    }
  }

  private hashIn({ password, password_hash: text }: ImportedUser, problems: readonly FieldProblem[]) {
    if (text === undefined) return undefined;
    const pointer = '#/password_hash';
    if (password !== undefined) throw new Refused([...problems, { pointer, detail: 'cannot come with a password' }]);
    const reading = this.foreign.read(text);
    if (reading.outcome === 'refused') throw new Refused([...problems, { pointer, detail: reading.problem }]);
    return reading.hash;
  }

  private async apply(
    read: ReadLine,
    problems: readonly FieldProblem[],
    { onConflict, rankProblem }: ImportChoices,
  ): Promise<LineReport> {
    const { line, message } = read;
    const present = problems.length === 0 ? await this.present(message) : undefined;
    if (present !== undefined && onConflict === 'skip') return { line, outcome: 'skipped', id: present.id };
    const faults = allFaults(problems, [
      ...(await this.ruleProblems(message)),
      ...rankFaults(rankProblem(present, { ...present, ...(message.groups && { groups: message.groups }) })),
      ...roleProblems(message),
      ...(present !== undefined && onConflict === 'fail' ? [taken(message)] : []),
    ]);
    if (faults.length > 0) throw new Refused(faults);
    return present === undefined ? this.create(read) : this.update(read, present);
  }

  private async ruleProblems(message: ImportedUser): Promise<FieldProblem[]> {
    return [
      ...(await this.accounts.problems(inputOf(message), message)),
      ...(await this.attributes.editProblems('administrators', message.attributes ?? {})),
    ];
  }

  private async create({ line, message, hash }: ReadLine): Promise<LineReport> {
    const { id, password } = message;
    const result = await this.transactions.run(async () => {
      const created = await this.accounts.create(inputOf(message), { id, password });
      if (created.outcome !== 'created') throw new Refused(faultsOf(created));
      if (hash !== undefined) await this.passwords.adopt(created.user.id, hash);
      return created;
    });
    return { line, outcome: 'created', id: result.user.id };
  }

  private async update({ line, message, hash }: ReadLine, present: User): Promise<LineReport> {
    const password = await this.newPassword(message.password, present.id);
    // A hash that was brought in before may have become one of ours, or another password.
    const adopts = hash !== undefined && !(await this.passwords.has(present.id));
    const result = await this.transactions.run(async () => {
      const updated = await this.accounts.update(present.id, changesOf(message), password, present.updatedAt);
      if (updated.outcome === 'taken' || updated.outcome === 'invalid') throw new Refused(faultsOf(updated));
      if (updated.outcome === 'last-owner') throw new Refused([LAST_OWNER]);
      if (updated.outcome !== 'updated') throw new Refused([MEANWHILE]);
      if (adopts) await this.passwords.adopt(present.id, hash);
      return updated;
    });
    const changed = adopts || password !== undefined || !isDeepStrictEqual(result.user, present);
    return { line, outcome: changed ? 'updated' : 'unchanged', id: present.id };
  }

  /** Setting a password ends sessions, so one that has not changed is left alone. */
  private async newPassword(password: string | undefined, id: string): Promise<string | undefined> {
    return password === undefined || (await this.passwords.matches(id, password)) ? undefined : password;
  }

  private async present({ id, username }: ImportedUser): Promise<User | undefined> {
    const byId = id === undefined ? undefined : await this.users.find(id);
    if (byId !== undefined) return byId;
    const found = await this.users.findByLogin(username);
    const isSame = found !== undefined && typedName(found.username) === typedName(username);
    return isSame && (id === undefined || found.id === id) ? found : undefined;
  }
}

function inputOf({ id: _id, password_hash: _hash, ...message }: ImportedUser) {
  return userInput(message);
}

/** What the line says, and nothing else: what it leaves out stays. */
function changesOf(message: ImportedUser): UserChanges {
  const { username, status, groups, attributes, claims = {} } = inputOf(message);
  return { username, claims, ...(status && { status }), ...(groups && { groups }), ...(attributes && { attributes }) };
}

function rankFaults(detail: string | undefined): FieldProblem[] {
  return detail === undefined ? [] : [{ pointer: '#/groups', detail }];
}

function roleProblems({ admin_role: role }: ImportedUser): FieldProblem[] {
  return role === undefined ? [] : [{ pointer: '#/admin_role', detail: 'is given one by one, not by a file' }];
}

function taken({ id }: ImportedUser): FieldProblem {
  return { pointer: id === undefined ? '#/username' : '#/id', detail: 'is taken' };
}

function faultsOf(refusal: UserRefusal): readonly FieldProblem[] {
  return refusal.outcome === 'taken' ? [{ pointer: refusal.pointer, detail: 'is taken' }] : refusal.problems;
}

function failed(line: number, faults: readonly FieldProblem[]): LineReport {
  return { line, outcome: 'failed', errors: faults.map(({ pointer, detail }) => ({ pointer, detail })) };
}
