import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import {
  FIXED_SETTINGS_MEMBERS,
  settingNames,
  settingsAnswer,
  settingsInput,
  SettingsMembers,
} from '../../rest/dto/settings.dto.js';
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

/** The name of the one record, and of its file. */
export const SETTINGS = 'settings';

/** The settings of the company, of which there is one record. */
@Injectable()
export class SettingsKind implements DeclaredKind<SettingsMembers> {
  readonly folder = SETTINGS;
  readonly type = SettingsMembers;
  readonly names = [];

  constructor(private readonly settings: CompanySettingsService) {}

  nameOf(): string {
    return SETTINGS;
  }

  async present(): Promise<PresentRecord[]> {
    const read = await this.settings.read();
    const document = decidedMembers(settingsAnswer(read), FIXED_SETTINGS_MEMBERS.fixed);
    return [{ name: SETTINGS, id: SETTINGS, document, updatedAt: read.updatedAt, stays: true }];
  }

  async write({ message, present }: ToWrite<SettingsMembers>): Promise<Written> {
    const removed = present === undefined ? [] : removedMembers(present, message);
    const options = { toDefault: settingNames(removed), ...(present && { readAt: present.updatedAt }) };
    return written(problemsOf(await this.settings.change(settingsInput(message), options), '#'));
  }

  remove(): Promise<FieldProblem[]> {
    return Promise.resolve([]);
  }
}
