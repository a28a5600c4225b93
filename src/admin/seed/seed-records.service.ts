import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '#platform/http/index.js';
import { ResourcesService, ScopesService } from '#resources/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { GroupsService } from '#users/index.js';
import { groupInput } from '../rest/dto/group.dto.js';
import { resourceChanges, resourceInput } from '../rest/dto/resource.dto.js';
import { scopeInput, scopeTranslationProblems } from '../rest/dto/scope.dto.js';
import { settingsInput, type SettingsMembers } from '../rest/dto/settings.dto.js';
import { SeedIdentityProviders } from './seed-identity-providers.service.js';
import { problemsOf } from './seed-problems.js';
import type { SeedGroup, SeedIdentityProvider, SeedResource, SeedScope } from './seed.dto.js';

/** Applies the settings, APIs, scopes, groups and identity providers of a seed: what is there is changed, what is not is made. */
@Injectable()
export class SeedRecords {
  constructor(
    private readonly resources: ResourcesService,
    private readonly scopes: ScopesService,
    private readonly groups: GroupsService,
    private readonly companySettings: CompanySettingsService,
    private readonly providers: SeedIdentityProviders,
  ) {}

  /** Decides the settings that are named; the others stay as they are. */
  async settings(message: SettingsMembers): Promise<FieldProblem[]> {
    return problemsOf(await this.companySettings.change(settingsInput(message)), '#');
  }

  async resource({ id, ...message }: SeedResource): Promise<FieldProblem[]> {
    const present =
      id === undefined ? await this.resources.findByIdentifier(message.identifier) : await this.resources.find(id);
    if (present === undefined) {
      return problemsOf(await this.resources.create(resourceInput(message), { id }), '#/identifier');
    }
    if (present.identifier !== message.identifier) return [{ pointer: '#/identifier', detail: 'cannot be changed' }];
    return problemsOf(await this.resources.update(present.id, resourceChanges(message, [])), '#');
  }

  async scope({ meaning_changed: meaningChanged, ...message }: SeedScope): Promise<FieldProblem[]> {
    const malformed = scopeTranslationProblems(message);
    if (malformed.length > 0) return malformed;
    const [present] = await this.scopes.find([message.name]);
    const input = scopeInput(message);
    if (present === undefined) return problemsOf(await this.scopes.create(input), '#/name');
    if (present.resourceIdentifier !== (input.resourceIdentifier ?? null)) {
      return [{ pointer: '#/resource', detail: 'cannot be changed' }];
    }
    const { name, resourceIdentifier: _stays, ...words } = input;
    return problemsOf(await this.scopes.update(name, { ...words, meaningChanged }), '#');
  }

  /** The group alone: what it contains comes later, as that may be further down in the seed. */
  async group({ id, member_groups: _later, ...message }: SeedGroup): Promise<FieldProblem[]> {
    const present = id === undefined ? await this.groups.findByName(message.name) : await this.groups.find(id);
    if (present === undefined) return problemsOf(await this.groups.create(groupInput(message), { id }), '#/name');
    if (present.name !== message.name) return [{ pointer: '#/name', detail: 'cannot be changed' }];
    const { description } = message;
    return problemsOf(await this.groups.update(present.id, description === undefined ? {} : { description }), '#');
  }

  identityProvider(message: SeedIdentityProvider): Promise<FieldProblem[]> {
    return this.providers.apply(message);
  }

  /** What a group contains, once all groups are there. */
  async memberGroups({ name, member_groups: memberGroups }: SeedGroup): Promise<FieldProblem[]> {
    const group = memberGroups === undefined ? undefined : await this.groups.findByName(name);
    if (group === undefined || memberGroups === undefined) return [];
    const problems = await this.groups.problems({ name, memberGroups });
    return problems.length > 0 ? problems : problemsOf(await this.groups.update(group.id, { memberGroups }), '#');
  }
}
