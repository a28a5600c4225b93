import { Injectable } from '@nestjs/common';
import { RememberedBrowsers } from '#authentication/index.js';
import { FactorEnrolments, FactorRemovals } from '#interaction/index.js';
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
    private readonly browsers: RememberedBrowsers,
  ) {}

  /** Does what the form asks for; what is to be said of it, or nothing when there was nothing to do. */
  async make(form: PostedForm, user: User): Promise<Done> {
    const id = form.get('id') ?? '';
    switch (form.get('action')) {
      case 'mail':
        return (await this.enrolments.addMailCodes(user)) ? 'added' : undefined;
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
}
