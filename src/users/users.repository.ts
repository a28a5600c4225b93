import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, Not } from 'typeorm';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest, type RawRow } from '#platform/database/index.js';
import { groupNames, type GroupNames, type MembershipNames } from './group-names.js';
import { MembershipEntity } from './membership.entity.js';
import { UserEntity, type UserRow } from './user.entity.js';

/** The columns of a user that somebody decides. */
export type UserColumns = Omit<UserRow, 'id' | 'tokensRevokedBefore' | 'createdAt' | 'updatedAt'>;

/** A user and the names of their groups. */
export interface UserWithGroups {
  readonly row: UserRow;
  readonly groups: GroupNames;
}

/** Which users a list is about. */
export interface UserFilter {
  /** Members of any of these groups. */
  readonly groupIds?: readonly string[] | undefined;
  /** A part of the user name, e-mail address or name, in the form of `searchText`. */
  readonly text?: string | undefined;
  readonly status?: string | undefined;
}

const NAMES = ['usernameKey', 'emailKey', 'nameKey'].map((name) => `INSTR(row.${name}, :text) > 0`).join(' OR ');

/** The rows of `user`. */
@Injectable()
export class UsersRepository extends EntityRepository<UserEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, UserEntity);
  }

  async find(id: string): Promise<UserRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  /** A user and the names of their groups, in one statement: most requests want both. */
  async findWithGroups(id: string): Promise<UserWithGroups | undefined> {
    const [found] = this.withGroups(await this.prepared.query(`${this.selectWithGroups} WHERE u.id = ?`, [id]));
    return found?.row.id === id ? found : undefined;
  }

  /** Those who have a canonical name, as a user name or as an e-mail address; one statement, whether or not anybody has it. */
  async findByName(key: string): Promise<UserWithGroups[]> {
    const sql = `${this.selectWithGroups} WHERE u.username_key = ? OR u.email_key = ?`;
    return this.withGroups(await this.prepared.query(sql, [key, key]));
  }

  findMany(ids: readonly string[]): Promise<UserRow[]> {
    return this.rows.findBy({ id: In(ids) });
  }

  findWithRole(): Promise<UserRow[]> {
    return this.rows.findBy({ adminRole: Not(IsNull()) });
  }

  /** Everyone who has one of the canonical names, as a user name or as an e-mail address. */
  findByKeys(keys: readonly string[]): Promise<UserRow[]> {
    return this.rows.findBy([{ usernameKey: In(keys) }, { emailKey: In(keys) }]);
  }

  list({ groupIds, text, status }: UserFilter, request: PageRequest): Promise<Page<UserRow>> {
    return this.page(request, {
      where: (query) => {
        if (status !== undefined) query.andWhere('row.status = :status', { status });
        // INSTR takes the text as it is, and compares alike on each database.
        if (text !== undefined) query.andWhere(`(${NAMES})`, { text });
        if (groupIds === undefined) return;
        const memberships = query.subQuery().select('1').from(MembershipEntity, 'membership');
        memberships.where('membership.userId = row.id AND membership.groupId IN (:...groupIds)');
        query.andWhere(`EXISTS ${memberships.getQuery()}`, { groupIds });
      },
    });
  }

  async add(id: string, columns: UserColumns): Promise<UserRow> {
    const now = this.clock.now();
    const row = { id, ...columns, tokensRevokedBefore: null, createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    return row;
  }

  /** Writes columns that changed, or notes that the groups did, if nobody changed the row since it was read; undefined when somebody did. */
  async replace(
    read: UserRow,
    columns: UserColumns,
    { revokeTokens, regrouped }: { revokeTokens: boolean; regrouped: boolean },
  ): Promise<UserRow | undefined> {
    if (!regrouped && isDeepStrictEqual(columns, columnsIn(read))) return read;
    const now = this.clock.now();
    // Strictly later than before, so that it also tells one version of the row from the next.
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const changes = { ...columns, updatedAt, ...(revokeTokens ? { tokensRevokedBefore: now } : {}) };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, changes);
    return affected === 1 ? Object.assign(read, changes) : undefined;
  }

  /** Changes nothing, but lets nobody else hold the user until the transaction ends; what is read afterwards is committed. */
  async hold(id: string): Promise<void> {
    await this.rows.update({ id }, { id });
  }

  /** Makes those who end or change owners wait for one another, and says how many of them are active. */
  async holdOwners(): Promise<readonly string[]> {
    await this.rows.update({ adminRole: 'owner' }, { adminRole: 'owner' });
    const owners = await this.rows.findBy({ adminRole: 'owner', status: 'active' });
    return owners.map(({ id }) => id);
  }

  /** Notes that something which belongs to a user has changed; false when there is no such user. */
  async touch(id: string): Promise<boolean> {
    const now = this.clock.now().getTime();
    const updatedAt = () => `CASE WHEN updated_at >= ${now} THEN updated_at + 1 ELSE ${now} END`;
    const { affected } = await this.rows.update({ id }, { updatedAt });
    return affected === 1;
  }

  /** Ends the access tokens issued until a moment; false when there are none to end. */
  async revokeTokens(id: string, before: Date): Promise<boolean> {
    for (const tokensRevokedBefore of [IsNull(), LessThan(before)]) {
      const { affected } = await this.rows.update({ id, tokensRevokedBefore }, { tokensRevokedBefore: before });
      if (affected === 1) return true;
    }
    return false;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }

  private get selectWithGroups(): string {
    return (
      `SELECT ${this.prepared.columns('u')}, g.name AS group_name, o.name AS outer_name FROM user u ` +
      'LEFT JOIN membership m ON m.user_id = u.id LEFT JOIN user_group g ON g.id = m.group_id ' +
      'LEFT JOIN group_nesting n ON n.member_group_id = m.group_id LEFT JOIN user_group o ON o.id = n.group_id'
    );
  }

  /** A user comes once for each of their groups. */
  private withGroups(raws: readonly RawRow[]): UserWithGroups[] {
    const ids = [...new Set(raws.map((raw) => raw['u_id']))];
    return ids.flatMap((id) => {
      const own = raws.filter((raw) => raw['u_id'] === id);
      return own[0] ? [{ row: this.prepared.rowFrom(own[0], 'u'), groups: groupNames(own.flatMap(membershipIn)) }] : [];
    });
  }
}

function columnsIn(row: UserRow): UserColumns {
  const { id: _id, tokensRevokedBefore: _revoked, createdAt: _created, updatedAt: _updated, ...columns } = row;
  return columns;
}

function membershipIn({ group_name: group, outer_name: outer }: RawRow): MembershipNames[] {
  return typeof group === 'string' ? [{ group, outer: typeof outer === 'string' ? outer : null }] : [];
}
