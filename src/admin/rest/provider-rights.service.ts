import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FederatedIdentities, type ProviderInput, type UpstreamProvider } from '#federation/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { CallerRights } from './caller-rights.service.js';

const PAGE = 200;

/** What is to be done with a provider: the one that is there, and what it is to be. */
interface ProviderChange {
  readonly provider?: UpstreamProvider;
  readonly input?: ProviderInput;
}

/** Keeps whoever configures providers from becoming an administrator by way of one. */
@Injectable()
export class ProviderRights {
  constructor(
    private readonly rights: CallerRights,
    private readonly users: UsersService,
    private readonly identities: FederatedIdentities,
  ) {}

  /** Refuses a caller without every admin scope a hand in a provider that makes administrators, or lets one in. */
  async requireFor(request: FastifyRequest, { provider, input }: ProviderChange): Promise<void> {
    const made = [provider, input].flatMap((one) => Object.values(one?.groupsMapping ?? {}));
    const lets = provider !== undefined && (await this.letsAdministratorsIn(provider.id));
    await this.rights.requireAllForAdministrator(request, [...made, ...(lets ? [ADMINISTRATORS_GROUP] : [])]);
  }

  private async letsAdministratorsIn(providerId: string): Promise<boolean> {
    for (let cursor: string | undefined = undefined; ;) {
      const page = await this.users.list(
        { group: ADMINISTRATORS_GROUP },
        { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      );
      const ids = page.items.map(({ id }) => id);
      if (await this.identities.leadsTo(providerId, ids)) return true;
      if (page.nextCursor === null) return false;
      cursor = page.nextCursor;
    }
  }
}
