import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assurance, KnownBrowsersService, type AuthenticationResult } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { BrowserCookies, clientAddress } from '#platform/http/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { afterSignIn } from './answers.js';
import type { Interaction } from './interaction.js';
import { InteractionsService } from './interactions.service.js';

/** A proof of who somebody is, and where it was given. */
interface ProvenSignIn {
  readonly result: AuthenticationResult;
  /** The session that the browser had before. */
  readonly replaces?: Session | undefined;
  readonly interaction?: Interaction | undefined;
}

/** Turns a proof into a session, and notes in the interaction that it was made there. */
@Injectable()
export class SignIns {
  constructor(
    private readonly sessions: SessionsService,
    private readonly interactions: InteractionsService,
    private readonly transactions: Transactions,
    private readonly cookies: BrowserCookies,
    private readonly knownBrowsers: KnownBrowsersService,
  ) {}

  async complete(
    request: FastifyRequest,
    reply: FastifyReply,
    { result, replaces, interaction }: ProvenSignIn,
  ): Promise<void> {
    const { userId, amr, authTime } = result;
    const userAgent = request.headers['user-agent'];
    const browser = this.cookies.browser.read(request);
    const cookieValue = await this.transactions.run(async () => {
      const knownBrowser = browser === undefined ? undefined : await this.knownBrowsers.mark(browser, userId);
      const started = await this.sessions.start({
        userId,
        amr,
        authTime,
        acr: assurance(amr),
        address: clientAddress(request),
        ...(userAgent === undefined ? {} : { userAgent }),
        ...(replaces === undefined ? {} : { replaces }),
        ...(knownBrowser === undefined ? {} : { knownBrowser }),
        ...(interaction === undefined ? {} : { clientId: interaction.clientId }),
      });
      if (interaction !== undefined) await this.note(interaction.id, started.session);
      return started.cookieValue;
    });
    this.cookies.session.write(reply, cookieValue);
  }

  private async note(interactionId: string, { id, authTime }: Session): Promise<void> {
    await this.interactions.record(interactionId, () => afterSignIn(id, authTime));
  }
}
