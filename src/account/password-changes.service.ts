import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PasswordsService } from '#authentication/index.js';
import { Mails } from '#mails/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { clientAddress } from '#platform/http/index.js';
import { passwordChangedMail, type NewPasswordProblem } from '#views/index.js';
import type { Visit } from './visit.js';

/** What somebody chose on the page of their password. */
export interface ChosenPassword {
  readonly password: string;
  readonly endsOthers: boolean;
}

/** Lets users choose a new password, and tells them that it was changed. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly mails: Mails,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Why it cannot be the password; nothing once it is. */
  async make(
    request: FastifyRequest,
    { user, session }: Visit,
    { password, endsOthers }: ChosenPassword,
  ): Promise<NewPasswordProblem | undefined> {
    if (password === '') return 'missing';
    const { username, claims } = user;
    const problem = await this.passwords.problem(password, { username, email: claims.email });
    if (problem !== undefined) return problem;
    const prepared = await this.passwords.prepare(password);
    await this.transactions.run(async () => {
      await this.passwords.set(user.id, prepared, { sessionId: session.id, othersStay: !endsOthers });
      if (claims.email !== undefined) await this.tell(request, claims.email, user);
    });
    return undefined;
  }

  /** By mail, so that its owner hears of it when it was somebody else. */
  private tell(request: FastifyRequest, to: string, { claims }: Visit['user']): Promise<void> {
    return this.mails.send(passwordChangedMail, {
      to,
      locale: claims.locale,
      timeZone: claims.zoneinfo,
      happening: {
        at: this.clock.now(),
        userAgent: request.headers['user-agent'],
        address: clientAddress(request),
      },
    });
  }
}
