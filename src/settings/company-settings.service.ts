import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Cache, Changes } from '#platform/cache/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { DEFAULT_SETTINGS, type CompanySettings } from './company-settings.js';
import { CompanySettingsRepository } from './company-settings.repository.js';
import { settingsProblems, type SettingsProblem } from './settings-rules.js';

/** The settings, and since when they are as they are. */
export interface ReadSettings {
  readonly settings: CompanySettings;
  readonly updatedAt: Date;
}

/** What became of the wish to change the settings; `stale` when somebody changed them since they were read. */
export type SettingsUpdate =
  | { readonly outcome: 'updated'; readonly read: ReadSettings }
  | { readonly outcome: 'invalid'; readonly problems: readonly SettingsProblem[] }
  | { readonly outcome: 'stale' };

type Name = keyof CompanySettings;

/** What administrators decide for the whole company: known to every process within a second. */
@Injectable()
export class CompanySettingsService {
  readonly #known: Cache<CompanySettings>;

  constructor(
    private readonly rows: CompanySettingsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    changes: Changes,
  ) {
    this.#known = new Cache(changes, 'settings', 1);
  }

  /** The settings as every process knows them: for what happens with each request. */
  async current(): Promise<CompanySettings> {
    const known = await this.#known.get('company', async () => (await this.read()).settings);
    return known ?? DEFAULT_SETTINGS;
  }

  /** The settings as they are in the database now. */
  async read(): Promise<ReadSettings> {
    const { chosen, updatedAt } = await this.rows.read();
    return { settings: { ...DEFAULT_SETTINGS, ...chosen }, updatedAt };
  }

  /** Says what would be refused, without writing anything. */
  problems(changes: Partial<CompanySettings>): SettingsProblem[] {
    return settingsProblems({ ...DEFAULT_SETTINGS, ...changes });
  }

  /** Changes the members that are given, and brings back the default of those that are named; with `readAt` only what was read. */
  async change(
    changes: Partial<CompanySettings>,
    { toDefault = [], readAt }: { readonly toDefault?: readonly Name[]; readonly readAt?: Date } = {},
  ): Promise<SettingsUpdate> {
    return this.transactions.run(async () => {
      const row = await this.rows.read();
      if (readAt !== undefined && readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
      const before = { ...DEFAULT_SETTINGS, ...row.chosen };
      const after = { ...without(before, toDefault), ...changes };
      const problems = settingsProblems(after);
      if (problems.length > 0) return { outcome: 'invalid', problems };
      const names = namesThatDiffer(before, after);
      if (names.length > 0) {
        if (!(await this.rows.replace(row, chosenIn(after)))) return { outcome: 'stale' };
        await this.events.publish('settings.changed', { names });
      }
      return { outcome: 'updated', read: await this.read() };
    });
  }
}

function without(settings: CompanySettings, names: readonly Name[]): CompanySettings {
  const kept = Object.entries(settings).filter(([name]) => !names.includes(name as Name));
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(kept) as Partial<CompanySettings>) };
}

function namesThatDiffer(before: CompanySettings, after: CompanySettings): Name[] {
  return (Object.keys(DEFAULT_SETTINGS) as Name[]).filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** Only what differs from the defaults is kept, so that a better default reaches whoever never decided. */
function chosenIn(settings: CompanySettings): Partial<CompanySettings> {
  const names = namesThatDiffer(DEFAULT_SETTINGS, settings);
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}
