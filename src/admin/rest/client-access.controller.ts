import { Get, Param, Query } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { accessDecision, type DecisionRule } from '#interaction/index.js';
import { GroupsService, UsersService, type User } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { invalid } from './checked-message.js';
import { ClientAccessAnswer, clientAccessAnswer, type GroupWay } from './dto/client-access.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { queryMembers } from './query-members.js';

const QUERY = {
  user: { about: 'The id, user name or e-mail address of a user.', required: true },
  scope: { about: 'What the client would ask for, separated by spaces; all that it may ask for when absent.' },
} as const;

/** Tells administrators whether a user may use a client, and why not, by what decides it at sign-in. */
@AdminController('clients/:client_id/access')
export class ClientAccessController {
  constructor(
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly groups: GroupsService,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'See whether a user may use a client, and why not',
    status: 200,
    answer: ClientAccessAnswer,
    query: QUERY,
  })
  async preview(@Param('client_id') clientId: string, @Query() query: unknown): Promise<Plain<ClientAccessAnswer>> {
    const client = found(await this.clients.find(clientId));
    const { user: named, scope } = queryMembers(query, QUERY);
    const user = await this.userNamed(named ?? '');
    if (user === undefined) throw invalid([{ pointer: '#/user', detail: 'is not a user here' }]);
    const asked = scope === undefined ? client.scope : scope.split(' ').filter((name) => client.scope.includes(name));
    const decision = accessDecision(client, user, asked);
    return clientAccessAnswer({ client, user, decision, ways: await this.ways(decision.rules, user) });
  }

  private async userNamed(text: string): Promise<User | undefined> {
    return (await this.users.find(text)) ?? (await this.users.findByLogin(text));
  }

  /** How the user is in each of the groups that let them in: by themselves, or through groups within. */
  private async ways(rules: readonly DecisionRule[], user: User): Promise<GroupWay[]> {
    const ways: GroupWay[] = [];
    for (const group of rules.flatMap((rule) => ('via' in rule ? (rule.via ?? []) : []))) {
      const { memberGroups = [] } = (await this.groups.findByName(group)) ?? {};
      const through = memberGroups.filter((name) => user.groups.includes(name));
      ways.push({ group, directly: user.groups.includes(group), through });
    }
    return ways;
  }
}
