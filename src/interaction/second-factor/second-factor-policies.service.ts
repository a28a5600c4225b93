import { Injectable } from '@nestjs/common';
import {
  FactorInventory,
  strictestPolicy,
  type SecondFactorPolicy,
  type SecondFactorWish,
} from '#authentication/index.js';
import type { Client } from '#clients/index.js';
import { CompanySettingsService, type SecondFactorChoice } from '#settings/index.js';
import { GroupsService, type User } from '#users/index.js';

/** What company, groups and client together say of second factors. */
@Injectable()
export class SecondFactorPolicies {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly groups: GroupsService,
    private readonly inventory: FactorInventory,
  ) {}

  /** What holds for a user, at a client if one waits. */
  async holdingFor(
    { effectiveGroups, requiredActions }: Pick<User, 'effectiveGroups' | 'requiredActions'>,
    client?: Client,
  ): Promise<SecondFactorPolicy> {
    const company = await this.settings.current();
    const groups = await this.groups.secondFactorChoices(effectiveGroups);
    const ofUser: SecondFactorWish = requiredActions.includes('enrol_factor') ? { rule: 'required' } : {};
    return strictestPolicy([...[company, ...groups].map(wishOf), ofUser], client && wishOf(client));
  }

  /** Whether a user may have recovery codes: they are allowed, and there is a factor that they stand in for. */
  async allowRecoveryCodes(user: User): Promise<boolean> {
    const { kinds } = await this.holdingFor(user);
    return kinds.includes('recovery_codes') && (await this.inventory.kindsOf(user)).length > 0;
  }
}

function wishOf({ secondFactor: rule, secondFactorKinds: kinds }: SecondFactorChoice): SecondFactorWish {
  return { rule, kinds };
}
