import { Injectable } from '@nestjs/common';
import {
  FactorInventory,
  provenKinds,
  REMEMBERED,
  RememberedBrowsers,
  secondFactorNeed,
  type SecondFactorNeed,
} from '#authentication/index.js';
import type { SignInProgress } from '../sign-in-steps/sign-in-progress.js';
import type { SignInOccasion } from '../sign-in-steps/sign-in-step.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

/** Finds out whether somebody needs a second factor. */
@Injectable()
export class SecondFactorNeeds {
  /** More than one step asks for the same. */
  private readonly known = new WeakMap<SignInProgress, Promise<SecondFactorNeed>>();

  constructor(
    private readonly policies: SecondFactorPolicies,
    private readonly inventory: FactorInventory,
    private readonly browsers: RememberedBrowsers,
  ) {}

  /** What a sign-in still needs. */
  of(progress: SignInProgress, occasion: SignInOccasion): Promise<SecondFactorNeed> {
    const known = this.known.get(progress) ?? this.find(progress, occasion);
    this.known.set(progress, known);
    return known;
  }

  private async find(
    progress: SignInProgress,
    { user, client, interaction }: SignInOccasion,
  ): Promise<SecondFactorNeed> {
    const policy = await this.policies.holdingFor(user, client);
    const acr = interaction?.facts.acr;
    if (policy.rule === 'off' && acr === undefined) return { need: 'none' };
    const own = await this.inventory.kindsOf(user, progress);
    const isDemanded = policy.rule === 'required' || acr?.essential === true;
    const available = isDemanded ? await this.inventory.availableTo(user, progress) : [];
    return secondFactorNeed({ policy, own, available, acr, amr: progress.amr, factors: progress.factors });
  }

  /** Whether a code by mail would prove nothing more in this sign-in. */
  restsOnMailbox(progress: SignInProgress): Promise<boolean> {
    return this.inventory.restsOnMailbox(progress.userId, progress);
  }

  /** Notes that the user has had this browser remembered; where everything is to be proven anew, that counts for nothing. */
  async recall(progress: SignInProgress, { user, browser }: SignInOccasion): Promise<SignInProgress> {
    if (progress.afresh || progress.factors.includes(REMEMBERED) || provenKinds(progress).length > 0) return progress;
    if (!(await this.browsers.knows(user.id, browser))) return progress;
    return { ...progress, factors: [...progress.factors, REMEMBERED] };
  }
}
