import { Entity } from 'typeorm';
import { Count, Json, Ref, References } from '#platform/database/index.js';
import type { Notices } from '../unused/unused-approvals.js';
import type { Uses } from './uses.js';

/** When what a user allowed a client was last used, as a row beside the consent, so that no request reads more for it. */
@Entity('consent_use')
export class ConsentUseEntity {
  @References('ConsentEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  consentId!: string;

  @Json()
  scopes!: Uses;

  /** When the user was told of approvals that nobody uses; null for never. */
  @Json({ nullable: true })
  notices!: Notices | null;

  /** Counts the changes, so that of two at the same moment one is noticed. */
  @Count()
  version!: number;
}

/** The columns of such a row as plain data. */
export type ConsentUseRow = Pick<ConsentUseEntity, keyof ConsentUseEntity>;
