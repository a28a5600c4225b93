import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, redirect } from '#platform/http/index.js';
import type { Session } from '#sessions/index.js';
import { ErrorPages } from '#views/index.js';
import type { Interaction } from '../interaction.js';
import type { Turn, Visitor } from '../turn.js';
import { Turns } from '../turns.service.js';
import { Visitors } from '../visitors.service.js';
import { PendingSignInRecords } from './pending-sign-in-records.service.js';
import type { PendingSignIn } from './sign-in-progress.js';
import { withInteraction } from './sign-in-step.js';
import type { SignInVisit } from './sign-in-visit.js';

/** What becomes of a visitor without a sign-in under way; false when nothing did. */
type Otherwise = (visitor: Visitor & Partial<Turn>) => Promise<boolean>;

/** Opens the pages of steps for whoever is signing in, in the browser in which they began. */
@Injectable()
export class PendingSignIns {
  constructor(
    private readonly records: PendingSignInRecords,
    private readonly turns: Turns,
    private readonly visitors: Visitors,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
    private readonly errorPages: ErrorPages,
  ) {}

  /**
   * The visit; undefined when no sign-in goes on here and the reader was sent to where one begins, or wherever
   * `otherwise` sends them.
   */
  async open(request: FastifyRequest, reply: FastifyReply, otherwise?: Otherwise): Promise<SignInVisit | undefined> {
    const isOwn = this.turns.named(request) === undefined;
    const visitor: (Visitor & Partial<Turn>) | undefined = isOwn
      ? await this.visitors.identify(request)
      : await this.turns.open(request, reply);
    if (visitor === undefined) return undefined;
    const visit = await this.visit(visitor, this.cookies.browser.read(request));
    if (visit === undefined && !((await otherwise?.(visitor)) ?? false)) {
      void redirect(reply, this.address('/sign-in', visitor.interaction));
    }
    return visit;
  }

  /** A form that is not from our own page, or of another sign-in: nothing happened, and the page can be shown again. */
  refuse(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit, path: string): void {
    this.errorPages.send(request, reply, { kind: 'form', continueUrl: this.address(path, visit.interaction) });
  }

  /** Gives the sign-in up: the client that waits gets `access_denied` (RFC 6749 §4.1.2.1). */
  async cancel(reply: FastifyReply, visit: SignInVisit): Promise<void> {
    await this.records.end(visit.pending);
    const { interaction, client } = visit;
    if (interaction === undefined || client === undefined) void redirect(reply, this.issuer.path('/sign-in'));
    else await this.turns.deny(reply, { ...visit, interaction, client });
  }

  /** The address of a page of ours within what waits, as a form posts to it. */
  address(path: string, interaction: Interaction | undefined): string {
    return withInteraction(this.issuer.path(path), interaction?.id);
  }

  private async visit(visitor: Visitor & Partial<Turn>, browser: string | undefined): Promise<SignInVisit | undefined> {
    if (browser === undefined) return undefined;
    const { session, interaction, client, locale } = visitor;
    const pending = await this.records.find(browser, interaction?.id);
    if (pending === undefined || lacksItsSession(pending, session)) return undefined;
    const user = await this.visitors.activeUser(pending.userId);
    return user !== undefined ? { pending, user, browser, session, interaction, client, locale } : undefined;
  }
}

/** What makes a session stronger goes no further without that session. */
function lacksItsSession({ sessionId }: PendingSignIn, session: Session | undefined): boolean {
  return sessionId !== undefined && sessionId !== session?.id;
}
