import { Injectable } from '@nestjs/common';
import { RememberedBrowsers } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import type { PostedForm } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import type { Visit } from './visit.js';

/** What was ended; `own` where that is the session that asked, `all` where it is every one. */
export type SignOut = 'ended' | 'own' | 'others-ended' | 'all';

/** Signs users out where they want to be signed out: in one browser, in all others, or everywhere. */
@Injectable()
export class SignOuts {
  constructor(
    private readonly sessions: SessionsService,
    private readonly browsers: RememberedBrowsers,
    private readonly transactions: Transactions,
  ) {}

  /** Does what the form asks for; undefined when there was nothing to do. */
  async make(form: PostedForm, { user, session }: Visit): Promise<SignOut | undefined> {
    switch (form.get('action')) {
      case 'end-others':
        return this.others(user.id, session.id);
      case 'end-all':
        return this.everywhere(user.id);
      case 'end':
        return this.one(form.get('id') ?? '', user.id, session.id);
      default:
        return undefined;
    }
  }

  /** Wherever else they were signed in, nothing may be easier than in a browser that has never been there. */
  private others(userId: string, ownId: string): Promise<SignOut> {
    return this.transactions.run<SignOut>(async () => {
      await this.sessions.endAll(userId, ownId);
      await this.browsers.forgetAll(userId);
      return 'others-ended';
    });
  }

  /** Nothing is left open, and the next sign-in takes everything again, in every browser. */
  private everywhere(userId: string): Promise<SignOut> {
    return this.transactions.run<SignOut>(async () => {
      await this.sessions.endAll(userId);
      await this.browsers.forgetAll(userId);
      return 'all';
    });
  }

  private async one(id: string, userId: string, ownId: string): Promise<SignOut | undefined> {
    const chosen = await this.sessions.find(id);
    if (chosen?.userId !== userId) return undefined;
    await this.sessions.end(chosen.id);
    return chosen.id === ownId ? 'own' : 'ended';
  }
}
