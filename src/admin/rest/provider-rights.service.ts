import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DirectoriesService, type Directory } from '#authentication/index.js';
import { FederatedIdentities, type ProviderInput, type UpstreamProvider } from '#federation/index.js';
import { ADMINISTRATORS_GROUP, UsersService, type User } from '#users/index.js';
import { CallerRights } from './caller-rights.service.js';

const PAGE = 200;

/** What is to be done with a provider: the one that is there, and what it is to be. */
interface ProviderChange {
  readonly provider?: UpstreamProvider;
  readonly input?: ProviderInput;
}

/** What is to be done with a directory: the one that is there, and the groups that it is to put people into. */
interface DirectoryChange {
  readonly directory?: Directory;
  readonly groups?: readonly string[];
}

/** Tells whether one of these users comes in through a provider or directory. */
type LetsIn = (userIds: readonly string[]) => Promise<boolean>;

/** Keeps whoever configures where people sign in from becoming one of the administration by way of it. */
@Injectable()
export class ProviderRights {
  constructor(
    private readonly rights: CallerRights,
    private readonly users: UsersService,
    private readonly identities: FederatedIdentities,
    private readonly directories: DirectoriesService,
  ) {}

  /** Refuses a hand in a provider that makes administrators, or lets in somebody whom the caller's rank does not reach. */
  async requireFor(request: FastifyRequest, { provider, input }: ProviderChange): Promise<void> {
    const groups = [provider, input].flatMap((one) => Object.values(one?.groupsMapping ?? {}));
    await this.rights.requireAllForAdministrator(request, groups);
    if (provider !== undefined) await this.requireForThose(request, (ids) => this.identities.leadsTo(provider.id, ids));
  }

  /** The same for a directory: whoever says where it is says which passwords are right. */
  async requireForDirectory(request: FastifyRequest, { directory, groups = [] }: DirectoryChange): Promise<void> {
    await this.rights.requireAllForAdministrator(request, groups, Object.values(directory?.groups ?? {}));
    if (directory !== undefined)
      await this.requireForThose(request, (ids) => this.directories.letsIn(directory.id, ids));
  }

  private async requireForThose(request: FastifyRequest, letsIn: LetsIn): Promise<void> {
    const people = [...(await this.users.listWithRole()), ...(await this.administrators())];
    const owners = people.filter(({ adminRole }) => adminRole === 'owner');
    const others = people.filter(({ adminRole }) => adminRole !== 'owner');
    // For owners more is wanted; of each kind one stands for all.
    for (const kind of [owners, others]) {
      const [first] = kind;
      if (first !== undefined && (await letsIn(kind.map(({ id }) => id)))) {
        await this.rights.requireForRank(request, first, first);
        return;
      }
    }
  }

  private async administrators(): Promise<User[]> {
    const found: User[] = [];
    for (let cursor: string | undefined = undefined; ;) {
      const page = await this.users.list(
        { group: ADMINISTRATORS_GROUP },
        { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      );
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }
}
