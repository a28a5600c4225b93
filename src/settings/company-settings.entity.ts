import { Entity } from 'typeorm';
import { Id, Instant, Json } from '#platform/database/index.js';
import type { CompanySettings } from './company-settings.js';

/** The decisions of the company as the only row of their table: those that differ from the defaults. */
@Entity('company_settings')
export class CompanySettingsEntity {
  @Id()
  id!: string;

  @Json()
  chosen!: Partial<CompanySettings>;

  @Instant()
  updatedAt!: Date;
}

/** The plain data of such a row. */
export type CompanySettingsRow = Pick<CompanySettingsEntity, keyof CompanySettingsEntity>;
