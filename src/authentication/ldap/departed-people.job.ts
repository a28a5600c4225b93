import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '#platform/jobs/index.js';
import { DirectoriesRepository } from './directories.repository.js';
import type { Directory } from './directory.js';
import type { DirectoryAccountRow } from './directory-account.entity.js';
import { DirectoryAccountsRepository } from './directory-accounts.repository.js';
import { DirectoryPeople } from './directory-people.service.js';
import { DirectorySearch } from './directory-search.js';
import { DirectoryUnavailable } from './directory-unavailable.js';

/** Whoever leaves is out at their next sign-in at once, and of sign-ins that they have within this time. */
const EVERY_SECONDS = 15 * 60;
/** Asked for by one filter, which servers must take. */
const AT_ONCE = 50;

/** What a directory says of its people, all of them together. */
interface Roll {
  readonly asked: number;
  readonly absent: readonly DirectoryAccountRow[];
  readonly disabled: readonly DirectoryAccountRow[];
}

/** Ends the sign-ins of people whom their directory has disabled or no longer knows, also of those who do not sign in anew. */
@Injectable()
export class DepartedPeopleJob implements OnModuleInit {
  readonly #logger = new Logger('ldap');

  constructor(
    private readonly jobs: JobsService,
    private readonly directories: DirectoriesRepository,
    private readonly accounts: DirectoryAccountsRepository,
    private readonly search: DirectorySearch,
    private readonly people: DirectoryPeople,
  ) {}

  onModuleInit(): void {
    this.jobs.register('directory-people', EVERY_SECONDS, (signal) => this.run(signal));
  }

  /** One turn of the job: every directory in use; one that cannot be asked holds nobody up. */
  async run(signal?: AbortSignal): Promise<void> {
    for (const directory of (await this.directories.known()).filter(({ enabled }) => enabled)) {
      try {
        const roll = await this.call(directory, signal);
        if (signal?.aborted === true) return;
        await this.apply(directory, roll);
      } catch (error) {
        // It has been logged.
        if (!(error instanceof DirectoryUnavailable)) throw error;
      }
    }
  }

  private async call(directory: Directory, signal?: AbortSignal): Promise<Roll> {
    const roll = { asked: 0, absent: [] as DirectoryAccountRow[], disabled: [] as DirectoryAccountRow[] };
    let after = '';
    while (signal?.aborted !== true) {
      const accounts = await this.accounts.activeOf(directory.id, after, AT_ONCE);
      const last = accounts.at(-1);
      if (last === undefined) break;
      const present = await this.search.present(
        directory,
        accounts.map(({ stableId }) => stableId),
      );
      roll.asked += accounts.length;
      roll.absent.push(...accounts.filter(({ stableId }) => !present.has(stableId)));
      roll.disabled.push(...accounts.filter(({ stableId }) => present.get(stableId)?.disabled === true));
      after = last.stableId;
    }
    return roll;
  }

  /** That most people left at once is a directory that is asked wrongly: those whom it disabled itself are out, nobody else. */
  private async apply({ name }: Directory, { asked, absent, disabled }: Roll): Promise<void> {
    const believable = absent.length <= Math.max(1, asked / 2);
    if (!believable) {
      this.#logger.error(`the directory ${name} does not know ${absent.length} of its ${asked} people; none is let go`);
    }
    for (const account of [...disabled, ...(believable ? absent : [])]) await this.people.disable(account);
  }
}
