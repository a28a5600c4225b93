import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import {
  OnEvent,
  Outbox,
  OutboxCourier,
  type DeliveryOutcome,
  type EventCatalogue,
  type OutboxCatalogue,
} from '#platform/events/index.js';
import { OutboundHttp, type OutboundReceipt } from '#platform/http/index.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import { LogoutTokens } from './logout-token.js';

const TOPIC = 'back-channel-logout';

/** Tells every client of a session that the session is over, however it ended (OIDC Back-Channel Logout §2.5). */
@Injectable()
export class BackChannelLogout implements OnModuleInit {
  constructor(
    private readonly clients: ClientsService,
    private readonly outbox: Outbox,
    private readonly courier: OutboxCourier,
    private readonly tokens: LogoutTokens,
    private readonly http: OutboundHttp,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  onModuleInit(): void {
    this.courier.carry(TOPIC, (payload) => this.deliver(payload));
  }

  /** Writes down whom to tell, with the subject: session and user may be gone by the time they are told. */
  @OnEvent('session.ended')
  async sessionEnded({ sessionId, userId, clientIds }: EventCatalogue['session.ended']): Promise<void> {
    for (const client of await this.clients.findMany(clientIds)) {
      const { clientId, status, backchannelLogoutUri } = client;
      if (status !== 'active' || backchannelLogoutUri === undefined) continue;
      const [sub, sid] = [this.subjects.of(userId, client), this.subjects.ofSession(sessionId, client)];
      await this.outbox.add(TOPIC, clientId, { clientId, sub, sid });
    }
  }

  private async deliver({ clientId, sub, sid }: OutboxCatalogue[typeof TOPIC]): Promise<DeliveryOutcome> {
    const client = await this.clients.find(clientId);
    if (client?.status !== 'active' || client.backchannelLogoutUri === undefined) {
      return { outcome: 'failed', detail: 'the client is gone, disabled, or wants no sign-outs any more' };
    }
    const logoutToken = await this.tokens.make(client, { sub, sid });
    return deliveryOutcome(await this.http.post(client.backchannelLogoutUri, { logout_token: logoutToken }));
  }
}

/** OIDC Back-Channel Logout §2.8: 200 and 204 are success; 400 says that this sign-out will never be accepted. */
export function deliveryOutcome(receipt: OutboundReceipt): DeliveryOutcome {
  if (receipt.outcome === 'failed') return { outcome: 'retry', detail: receipt.detail };
  const { status } = receipt;
  if (status === 200 || status === 204) return { outcome: 'delivered' };
  const detail = `the answer has status ${status}`;
  return status === 400 ? { outcome: 'failed', detail } : { outcome: 'retry', detail };
}
