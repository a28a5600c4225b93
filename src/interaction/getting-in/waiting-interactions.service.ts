import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import type { Interaction } from '../interaction.js';
import { InteractionsService } from '../interactions.service.js';

/** Finds the authorization request again that waited while somebody was reading their mail. */
@Injectable()
export class WaitingInteractions {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The interaction, if it still waits in this very browser; a link may be opened in another one. */
  async find(id: string | undefined, browser: string): Promise<Interaction | undefined> {
    if (id === undefined) return undefined;
    const loaded = await this.interactions.load(id, browser);
    return loaded.outcome === 'live' ? loaded.interaction : undefined;
  }

  /** Where to sign in: for the request that waits, else for the account. */
  async signInPath(id: string | undefined, browser: string): Promise<string> {
    const waiting = await this.find(id, browser);
    const path = this.issuer.path('/sign-in');
    return waiting === undefined ? path : `${path}?interaction=${waiting.id}`;
  }
}
