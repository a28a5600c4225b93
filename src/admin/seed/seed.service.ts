import { Injectable } from '@nestjs/common';
import { Leases, Transactions } from '#platform/database/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { allFaults } from '../rest/checked-message.js';
import { SeedClients } from './seed-clients.service.js';
import { SeedError } from './seed-error.js';
import { readSeedFile } from './seed-file.js';
import { checkSeed, inSeed, type SeedElement, type SeedPlan } from './seed-plan.js';
import { SeedRecords } from './seed-records.service.js';
import { SeedUserAttributes } from './seed-user-attributes.service.js';
import { SeedUsers, type SeedPassword } from './seed-users.service.js';

/** How many elements of each kind a seed had. */
export type SeedReport = { readonly [Part in Exclude<keyof SeedPlan, 'settings'>]: number };

const LEASE = 'seed';
const LEASE_OPTIONS = { seconds: 60, waitSeconds: 120 };

/** Brings the records to what a seed file says: the same id means a change, nothing is deleted. */
@Injectable()
export class SeedService {
  constructor(
    private readonly records: SeedRecords,
    private readonly attributes: SeedUserAttributes,
    private readonly users: SeedUsers,
    private readonly clients: SeedClients,
    private readonly transactions: Transactions,
    private readonly leases: Leases,
  ) {}

  /** Applies a file as a whole, or throws a `SeedError` that says everything that is wrong with it. */
  async apply(file: string): Promise<SeedReport> {
    const seed = checkSeed(await readSeedFile(file));
    await this.leases.holding(LEASE, LEASE_OPTIONS, async () => {
      const passwords = await this.passwords(seed.plan);
      await this.transactions.run(async () => {
        const problems = [...seed.problems, ...(await this.write(seed.plan, passwords))];
        if (problems.length > 0) throw new SeedError(file, problems);
      });
    });
    const { resources, scopes, groups, users, clients, ...rest } = seed.plan;
    return {
      resources: resources.length,
      scopes: scopes.length,
      groups: groups.length,
      user_attributes: rest.user_attributes.length,
      users: users.length,
      clients: clients.length,
      claim_mappings: rest.claim_mappings.length,
      identity_providers: rest.identity_providers.length,
    };
  }

  private async passwords({ users }: SeedPlan): Promise<SeedPassword[]> {
    const passwords: SeedPassword[] = [];
    for (const { message } of users) passwords.push(await this.users.password(message));
    return passwords;
  }

  /** Writes everything and says what was refused; the caller then takes it back, so all faults are found at once. */
  private async write(plan: SeedPlan, passwords: readonly SeedPassword[]): Promise<FieldProblem[]> {
    return [
      ...inSeed('settings', allFaults(plan.settings.problems, await this.records.settings(plan.settings.message))),
      ...(await each('resources', plan.resources, (resource) => this.records.resource(resource))),
      ...(await each('scopes', plan.scopes, (scope) => this.records.scope(scope))),
      ...(await each('groups', plan.groups, (group) => this.records.group(group))),
      ...(await each('groups', withoutFaults(plan.groups), (group) => this.records.memberGroups(group))),
      ...(await each('user_attributes', plan.user_attributes, (one) => this.attributes.apply(one))),
      ...(await each('users', plan.users, async (user, index) => {
        const password = passwords[index] ?? { problems: [] };
        return [...password.problems, ...(await this.users.apply(user, password))];
      })),
      ...(await each('clients', plan.clients, (client) => this.clients.apply(client))),
      ...(await each('claim_mappings', plan.claim_mappings, (one) => this.attributes.mapping(one))),
      ...(await each('identity_providers', plan.identity_providers, (one) => this.records.identityProvider(one))),
    ];
  }
}

/** For a second look at elements whose own faults were said at the first. */
function withoutFaults<T>(elements: readonly SeedElement<T>[]): SeedElement<T>[] {
  return elements.map(({ message }) => ({ message, problems: [] }));
}

async function each<T>(
  part: string,
  elements: readonly SeedElement<T>[],
  apply: (message: T, index: number) => Promise<FieldProblem[]>,
): Promise<FieldProblem[]> {
  const faults: FieldProblem[] = [];
  for (const [index, { message, problems }] of elements.entries()) {
    faults.push(...inSeed(`${part}/${index}`, allFaults(problems, await apply(message, index))));
  }
  return faults;
}
