import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { GroupsRepository } from './groups.repository.js';
import { ADMINISTRATORS_GROUP } from './user.js';
import { UsersService } from './users.service.js';

/** What became of the wish to leave. */
export type Departure = 'gone' | 'last-administrator';

/** Users who end their own accounts: anybody but the last who can look after the others. */
@Injectable()
export class UserDepartures {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Removes the user and all that is theirs, in one transaction. */
  leave(id: string): Promise<Departure> {
    return this.transactions.run(async () => {
      // Two administrators who leave at once would each see the other.
      await this.groups.hold(ADMINISTRATORS_GROUP);
      const user = await this.users.find(id);
      if (user?.groups.includes(ADMINISTRATORS_GROUP) === true && !(await this.othersLookAfter(id))) {
        return 'last-administrator';
      }
      return (await this.users.delete(id)) === 'last-owner' ? 'last-administrator' : 'gone';
    });
  }

  private async othersLookAfter(id: string): Promise<boolean> {
    const active = { group: ADMINISTRATORS_GROUP, status: 'active' } as const;
    const { items } = await this.users.list(active, { limit: 2 });
    return items.some((user) => user.id !== id);
  }
}
