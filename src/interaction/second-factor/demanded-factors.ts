import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue, type FactorKind } from '#platform/events/index.js';
import { UsersService, type User } from '#users/index.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

/** Notes that users have the second factor which an administrator demanded of them. */
@Injectable()
export class DemandedFactors {
  constructor(
    private readonly users: UsersService,
    private readonly policies: SecondFactorPolicies,
  ) {}

  /** Recovery codes stand in for a factor and are none. */
  @OnEvent('factor.added')
  async added({ userId, kind }: EventCatalogue['factor.added']): Promise<void> {
    const user = kind === 'recovery_codes' ? undefined : await this.users.find(userId);
    if (user !== undefined) await this.proven(user, kind);
  }

  /** One was proven, so there is one; of a kind that will do, or the demand stays. */
  async proven(user: User, kind: FactorKind): Promise<void> {
    const requiredActions = user.requiredActions.filter((action) => action !== 'enrol_factor');
    if (requiredActions.length === user.requiredActions.length) return;
    const { kinds } = await this.policies.holdingFor(user);
    if (kinds.includes(kind)) await this.users.update(user.id, { requiredActions });
  }
}
