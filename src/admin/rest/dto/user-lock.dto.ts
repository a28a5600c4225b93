import { FlagMember, NumberMember } from '../member.decorators.js';

/** What failures to sign in have come to. */
export class UserLock {
  @NumberMember({ about: 'How many failures count now.', required: true, readOnly: true })
  failures!: number;

  @FlagMember({ about: 'Whether sign-ins from unknown browsers wait.', required: true, readOnly: true })
  locked!: boolean;
}
