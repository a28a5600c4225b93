import { Injectable } from '@nestjs/common';
import { appName, RememberedBrowsers, SecondFactors } from '#authentication/index.js';
import { FactorEnrolments, FactorRemovals, SecondFactorPolicies } from '#interaction/index.js';
import type { PostedForm } from '#platform/http/index.js';
import type { User } from '#users/index.js';
import type { SecondFactorsModel } from '#views/index.js';

type Done = SecondFactorsModel['notice'];

/** Changes what a user proves besides their first proof. */
@Injectable()
export class SecondFactorChanges {
  constructor(
    private readonly removals: FactorRemovals,
    private readonly enrolments: FactorEnrolments,
    private readonly factors: SecondFactors,
    private readonly policies: SecondFactorPolicies,
    private readonly browsers: RememberedBrowsers,
  ) {}

  /** Does what the form asks for; what is to be said of it, or nothing when there was nothing to do. */
  async make(form: PostedForm, user: User): Promise<Done> {
    const id = form.get('id') ?? '';
    switch (form.get('action')) {
      case 'mail':
        return this.addMailCodes(user);
      case 'rename':
        return this.rename(form, user.id);
      case 'remove':
        return this.removals.remove(user, id);
      case 'forget':
        return (await this.browsers.forget(user.id, id)) ? 'forgotten' : undefined;
      case 'forget-all':
        await this.browsers.forgetAll(user.id);
        return 'forgotten';
      default:
        return undefined;
    }
  }

  private async addMailCodes(user: User): Promise<Done> {
    const { kinds } = await this.policies.holdingFor(user);
    return (await this.enrolments.addMailCodes(user, kinds)) ? 'added' : undefined;
  }

  private async rename(form: PostedForm, userId: string): Promise<Done> {
    const name = appName(form.get('name') ?? '');
    if (name === undefined) return 'name';
    return (await this.factors.rename(userId, form.get('id') ?? '', name)) ? 'renamed' : undefined;
  }
}
