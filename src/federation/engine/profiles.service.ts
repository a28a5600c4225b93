import { Injectable } from '@nestjs/common';
import { OutboundHttp } from '#platform/http/index.js';
import { PRESETS } from '../presets/index.js';
import type { ProfileQuestion, UpstreamClaims } from '../presets/preset.js';
import { ProviderSecretsService } from '../providers/provider-secrets.service.js';
import type { ProviderConnection } from './provider-connections.service.js';

/** A profile that could not be had; the message is for the operator. */
export class ProfileUnavailable extends Error {}

// Facebook answers JSON under the second name.
const MEDIA_TYPES = ['application/json', 'text/javascript'];
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Asks providers who the bearer of an access token is, through the guarded door. */
@Injectable()
export class Profiles {
  constructor(
    private readonly http: OutboundHttp,
    private readonly secrets: ProviderSecretsService,
  ) {}

  /** What the provider tells; nothing where there is nothing to ask. */
  async of({ provider, endpoints }: ProviderConnection, accessToken: string): Promise<UpstreamClaims> {
    const { profile } = PRESETS[provider.preset];
    const { userinfo } = endpoints;
    if (profile === undefined || userinfo === undefined) return {};
    const { clientSecret } = await this.secrets.open(provider.id);
    return profile({ userinfo, accessToken, clientSecret, ask: (question) => this.ask(question) });
  }

  private async ask({ url, headers }: ProfileQuestion): Promise<unknown> {
    const answer = await this.http.exchange({ url, headers, mediaTypes: MEDIA_TYPES });
    if (answer.outcome === 'failed') throw new ProfileUnavailable(`the profile cannot be had: ${answer.detail}`);
    if (answer.status !== 200) throw new ProfileUnavailable(`the profile was refused with ${answer.status}`);
    try {
      return JSON.parse(UTF8.decode(answer.body)) as unknown;
    } catch {
      throw new ProfileUnavailable('the profile is no JSON');
    }
  }
}
