import { Injectable } from '@nestjs/common';
import type { Client, ClientMetadataInput } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ResourcesService, ScopesService } from '#resources/index.js';
import { GroupsService, UsersService } from '#users/index.js';

/** Looks whether what a client refers to exists, which the clients themselves cannot know. */
@Injectable()
export class ClientReferences {
  constructor(
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
    private readonly groups: GroupsService,
    private readonly users: UsersService,
  ) {}

  /** Says which references lead nowhere; those that the client has already are left alone. */
  async problems(input: ClientMetadataInput, present?: Client): Promise<FieldProblem[]> {
    return [
      ...(await this.unknownScopes((input.scope ?? []).filter((name) => present?.scope.includes(name) !== true))),
      ...(await this.unknownResource(input.defaultResource, present?.defaultResource)),
      ...(await this.unknownOwner(input.owner, present?.owner)),
      ...(await this.unknownGroups(input.allowedGroups ?? [], present?.allowedGroups ?? [])),
    ];
  }

  /** RFC 9700 §4.15: a client must not be taken for a user, so they share no id. */
  async idProblems(clientId: string | undefined): Promise<FieldProblem[]> {
    if (clientId === undefined || (await this.users.find(clientId)) === undefined) return [];
    return [{ pointer: '#/client_id', detail: 'is the id of a user' }];
  }

  private async unknownScopes(names: readonly string[]): Promise<FieldProblem[]> {
    if (names.length === 0) return [];
    const known = new Set((await this.scopes.find(names)).map(({ name }) => name));
    const unknown = names.filter((name) => !known.has(name));
    const detail = `has scopes that do not exist: ${unknown.join(' ')}`;
    return unknown.length === 0 ? [] : [{ pointer: '#/scope', detail }];
  }

  private async unknownResource(identifier: string | undefined, present?: string): Promise<FieldProblem[]> {
    if (identifier === undefined || identifier === present) return [];
    if ((await this.resources.findByIdentifier(identifier)) !== undefined) return [];
    return [{ pointer: '#/default_resource', detail: 'is not the identifier of an API here' }];
  }

  private async unknownOwner(id: string | undefined, present?: string): Promise<FieldProblem[]> {
    if (id === undefined || id === present || (await this.users.find(id)) !== undefined) return [];
    return [{ pointer: '#/owner', detail: 'is not the id of a user' }];
  }

  private async unknownGroups(names: readonly string[], present: readonly string[]): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    for (const [index, name] of names.entries()) {
      if (present.includes(name) || (await this.groups.findByName(name))?.name === name) continue;
      problems.push({ pointer: `#/allowed_groups/${index}`, detail: 'is not the name of a group' });
    }
    return problems;
  }
}
