import { Injectable } from '@nestjs/common';
import { SignUpRules } from '#authentication/index.js';
import { Mails } from '#mails/index.js';
import { IssuerSettings } from '#platform/config/index.js';

/** The ways on that a sign-in page offers to those who cannot sign in, as far as they lead anywhere. */
export interface Onward {
  readonly resetPath?: string;
  readonly signUpPath?: string;
}

/** Says where those go on who have no account, or do not know their password. */
@Injectable()
export class WaysOnward {
  constructor(
    private readonly mails: Mails,
    private readonly rules: SignUpRules,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The paths, in the interaction that waits for the sign-in. */
  paths(interaction?: string): Onward {
    const query = interaction === undefined ? '' : `?interaction=${interaction}`;
    return {
      ...(this.mails.available ? { resetPath: this.issuer.path('/reset-password') + query } : {}),
      ...(this.rules.offered ? { signUpPath: this.issuer.path('/sign-up') + query } : {}),
    };
  }
}
