import { Injectable } from '@nestjs/common';
import { PendingLinks } from '#federation/index.js';
import type { SignInProgress } from '../sign-in-steps/sign-in-progress.js';
import type { SignInOccasion, SignInStep } from '../sign-in-steps/sign-in-step.js';

/** Offers to link the account of another service that was proven in this browser, once everything else is proven here. */
@Injectable()
export class LinkAccountStep implements SignInStep {
  readonly name = 'link account';
  readonly path = '/federation/link';

  constructor(private readonly links: PendingLinks) {}

  async isDue({ done }: SignInProgress, { browser }: SignInOccasion): Promise<boolean> {
    return !done.includes(this.name) && (await this.links.find(browser)) !== undefined;
  }
}
