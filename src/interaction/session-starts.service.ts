import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assurance, KnownBrowsersService } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { BrowserCookies, clientAddress } from '#platform/http/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { afterSignIn, afterStepUp } from './answers.js';
import type { Interaction } from './interaction.js';
import { InteractionsService } from './interactions.service.js';
import { PendingSignInRecords } from './sign-in-steps/pending-sign-in-records.service.js';
import type { PendingSignIn, SignInProgress } from './sign-in-steps/sign-in-progress.js';

/** A sign-in for which everything has been done that it needs. */
interface CompleteSignIn {
  readonly progress: SignInProgress;
  /** What it was kept as while it waited, if it had to. */
  readonly pending?: PendingSignIn | undefined;
  readonly replaces?: Session | undefined;
  readonly interaction?: Interaction | undefined;
  /** The secret that names the browser, which is known from now on. */
  readonly browser: string;
}

/** Makes the session of a complete sign-in, and notes in the interaction that it was made there. */
@Injectable()
export class SessionStarts {
  constructor(
    private readonly sessions: SessionsService,
    private readonly interactions: InteractionsService,
    private readonly pending: PendingSignInRecords,
    private readonly knownBrowsers: KnownBrowsersService,
    private readonly transactions: Transactions,
    private readonly cookies: BrowserCookies,
  ) {}

  /** False when the pending sign-in was ended meanwhile; then there is no session. */
  async start(request: FastifyRequest, reply: FastifyReply, complete: CompleteSignIn): Promise<boolean> {
    const { pending, interaction, browser, progress } = complete;
    const cookieValue = await this.transactions.run(async () => {
      if (pending !== undefined && !(await this.pending.end(pending))) return undefined;
      const knownBrowser = await this.knownBrowsers.mark(browser, progress.userId);
      const started = await this.sessions.start({ ...signInFrom(request, complete), knownBrowser });
      const { id, authTime } = started.session;
      const answered = progress.sessionId === undefined ? afterSignIn : afterStepUp;
      if (interaction !== undefined) await this.interactions.record(interaction, () => answered(id, authTime));
      return started.cookieValue;
    });
    if (cookieValue === undefined) return false;
    this.cookies.session.write(reply, cookieValue);
    return true;
  }

  /** Notes in the interaction that the session, which nothing was added to, was held against it. */
  async keep({ id, authTime }: Session, interaction: Interaction): Promise<void> {
    await this.interactions.record(interaction, () => afterStepUp(id, authTime));
  }
}

function signInFrom(request: FastifyRequest, { progress, replaces, interaction }: CompleteSignIn) {
  const { userId, amr, authTime, factors } = progress;
  const userAgent = request.headers['user-agent'];
  return {
    userId,
    amr,
    authTime,
    factors,
    acr: assurance(amr),
    address: clientAddress(request),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(interaction === undefined ? {} : { clientId: interaction.clientId }),
  };
}
