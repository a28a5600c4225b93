import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';

/** By what users can sign in besides passkeys, so that none is left without a way. */
@Injectable()
export class SignInWays {
  constructor(private readonly passwords: PasswordsService) {}

  /** Whether the user could sign in without any passkey. */
  hasOther(userId: string): Promise<boolean> {
    return this.passwords.has(userId);
  }
}
