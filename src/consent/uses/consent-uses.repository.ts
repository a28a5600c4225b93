import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository, isReferenceViolation, isUniqueViolation } from '#platform/database/index.js';
import { ConsentUseEntity, type ConsentUseRow } from './consent-use.entity.js';
import type { Notices } from '../unused/unused-approvals.js';
import type { Uses } from './uses.js';

/** The rows of `consent_use`. */
@Injectable()
export class ConsentUsesRepository extends EntityRepository<ConsentUseEntity> {
  constructor(database: Database) {
    super(database, ConsentUseEntity);
  }

  /** What is known of the uses of consents, by their ids. */
  async findMany(consentIds: readonly string[]): Promise<ReadonlyMap<string, Uses>> {
    const rows = consentIds.length === 0 ? [] : await this.rows.findBy({ consentId: In([...consentIds]) });
    return new Map(rows.map(({ consentId, scopes }) => [consentId, scopes]));
  }

  async find(consentId: string): Promise<ConsentUseRow | undefined> {
    return (await this.rows.findOneBy({ consentId })) ?? undefined;
  }

  /** Adds the first row of a consent; false when somebody else did, or when the consent has gone meanwhile. */
  async add(consentId: string, scopes: Uses): Promise<boolean> {
    try {
      await this.rows.insert({ consentId, scopes, notices: null, version: 0 });
      return true;
    } catch (error) {
      if (isUniqueViolation(error) || isReferenceViolation(error)) return false;
      throw error;
    }
  }

  /** What users were told of consents, by their ids. */
  async findNotices(consentIds: readonly string[]): Promise<ReadonlyMap<string, Notices>> {
    const rows = consentIds.length === 0 ? [] : await this.rows.findBy({ consentId: In([...consentIds]) });
    return new Map(rows.flatMap(({ consentId, notices }) => (notices === null ? [] : [[consentId, notices] as const])));
  }

  /** Notes what the user is told of a consent, unless that has gone meanwhile. */
  async noteNotices(consentId: string, notices: Notices): Promise<void> {
    await this.add(consentId, {}); // of what nobody ever used there is no row
    await this.rows.update({ consentId }, { notices });
  }

  /** Writes what is known now if the row is still as it was read; tells whether it was. */
  async replace({ consentId, version }: ConsentUseRow, scopes: Uses): Promise<boolean> {
    const { affected } = await this.rows.update({ consentId, version }, { scopes, version: version + 1 });
    return affected === 1;
  }
}
