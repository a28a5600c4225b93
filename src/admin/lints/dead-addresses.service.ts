import { Injectable } from '@nestjs/common';
import type { Client, DeadAddress } from '#clients/index.js';
import { OutboundHttp, type OutboundReceipt } from '#platform/http/index.js';

/** Each is waited for up to the time limit of requests that leave, all of them at once. */
const MOST_ADDRESSES = 20;

/** An address of a client, and how it is asked whether anybody is there. */
interface Knock extends Omit<DeadAddress, 'reason'> {
  readonly url: string;
  readonly ask: 'form' | 'page' | 'host';
}

/** Asks the addresses of a client whether anybody answers there, through the one way out. */
@Injectable()
export class DeadAddresses {
  constructor(private readonly outbound: OutboundHttp) {}

  async of(client: Client): Promise<DeadAddress[]> {
    const asked = knocks(client).slice(0, MOST_ADDRESSES);
    const found = await Promise.all(asked.map((knock) => this.asked(knock)));
    return found.filter((dead) => dead !== undefined);
  }

  private async asked({ url, ask, ...where }: Knock): Promise<DeadAddress | undefined> {
    // A sign-out without a logout token is one that nobody is signed out by (OIDC Back-Channel Logout §2.6).
    const receipt = ask === 'form' ? await this.outbound.post(url, {}) : await this.outbound.knock(url);
    const reason = deadness(receipt, ask);
    return reason === undefined ? undefined : { ...where, reason };
  }
}

/** What says that nothing is there: no answer, or for an address that is meant itself one that denies it. */
function deadness(receipt: OutboundReceipt, ask: Knock['ask']): string | undefined {
  if (receipt.outcome === 'failed') return receipt.detail;
  const { status } = receipt;
  const gone = status === 404 || status === 410 || status >= 500;
  return gone && ask !== 'host' ? `the answer has status ${status}` : undefined;
}

function knocks({ backchannelLogoutUri, frontchannelLogoutUri, postLogoutRedirectUris }: Client): Knock[] {
  const origins = new Map<string, Knock>();
  for (const [index, uri] of postLogoutRedirectUris.entries()) {
    const { protocol, origin } = new URL(uri);
    if (!['https:', 'http:'].includes(protocol) || origins.has(origin)) continue;
    origins.set(origin, { member: 'postLogoutRedirectUris', below: `/${index}`, url: `${origin}/`, ask: 'host' });
  }
  return [
    ...(backchannelLogoutUri === undefined
      ? []
      : [{ member: 'backchannelLogoutUri', url: backchannelLogoutUri, ask: 'form' } as const]),
    ...(frontchannelLogoutUri === undefined
      ? []
      : [{ member: 'frontchannelLogoutUri', url: frontchannelLogoutUri, ask: 'page' } as const]),
    ...origins.values(),
  ];
}
