import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { TokenType } from '#standards/jose.js';
import { BACK_CHANNEL_LOGOUT_EVENT } from '#standards/oidc.js';
import { ClientTokens } from '../issuance/client-tokens.js';

const LIFETIME_SECONDS = 120;

/** Whose sign-in is over, as this client knows them. */
export interface EndedSignIn {
  readonly sub: string;
  readonly sid: string;
}

/** Makes logout tokens (OIDC Back-Channel Logout §2.4): for one attempt each, and for nothing else. */
@Injectable()
export class LogoutTokens {
  constructor(
    private readonly tokens: ClientTokens,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** OIDC Back-Channel Logout §2.4: protected like the client's ID tokens, told apart from them by `typ`. */
  make(client: Client, { sub, sid }: EndedSignIn): Promise<string> {
    const now = this.clock.epochSeconds();
    const claims = {
      iss: this.issuer.issuer,
      sub,
      aud: client.clientId,
      iat: now,
      exp: now + LIFETIME_SECONDS,
      jti: this.random.secret(),
      events: { [BACK_CHANNEL_LOGOUT_EVENT]: {} },
      sid,
    };
    return this.tokens.likeIdToken(client, claims, TokenType.LogoutToken);
  }
}
