import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { GrantPartsService } from './grant-parts.service.js';
import { GrantsService } from './grants.service.js';

/** Ends or narrows grants when what they rest on ends, inside the transaction that ends it. */
@Injectable()
export class GrantRevocations {
  constructor(
    private readonly grants: GrantsService,
    private readonly parts: GrantPartsService,
  ) {}

  @OnEvent('user.deactivated')
  async userDeactivated({ userId }: EventCatalogue['user.deactivated']): Promise<void> {
    await this.grants.revokeMatching({ userId });
  }

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.grants.revokeMatching({ userId });
  }

  /** A new password ends what other sign-ins were granted, kept-alive or not, unless they stay by choice. */
  @OnEvent('user.password_changed')
  async passwordChanged(changed: EventCatalogue['user.password_changed']): Promise<void> {
    const { userId, exceptSessionId, othersStay } = changed;
    if (othersStay === true) return;
    await this.grants.revokeMatching({ userId, ...(exceptSessionId === undefined ? {} : { exceptSessionId }) });
  }

  @OnEvent('client.deactivated')
  async clientDeactivated({ clientId }: EventCatalogue['client.deactivated']): Promise<void> {
    await this.grants.revokeMatching({ clientId });
  }

  @OnEvent('consent.withdrawn')
  async consentWithdrawn({ userId, clientId }: EventCatalogue['consent.withdrawn']): Promise<void> {
    await this.grants.revokeMatching({ userId, clientId });
  }

  /** What is approved for longer than before may be used for longer; an approval for one time changes nothing. */
  @OnEvent('consent.given')
  async consentGiven(given: EventCatalogue['consent.given']): Promise<void> {
    const { userId, clientId, scopes, claims, expiresAt } = given;
    if (given.givenBy === 'company') return;
    await this.parts.prolong({ userId, clientId }, { scopes, claims }, expiresAt);
  }

  @OnEvent('consent.narrowed')
  async consentNarrowed({ userId, clientId, scopes, claims }: EventCatalogue['consent.narrowed']): Promise<void> {
    await this.parts.narrow({ userId, clientId }, { scopes, claims });
  }

  /** OIDC Core §11: what was granted with `offline_access` outlives the session. */
  @OnEvent('session.ended')
  async sessionEnded({ sessionId }: EventCatalogue['session.ended']): Promise<void> {
    await this.grants.revokeMatching({ sessionId, offline: false });
  }
}
