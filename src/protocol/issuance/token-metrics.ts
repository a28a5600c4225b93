import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '#platform/observability/index.js';
import type { GrantType } from '#standards/oauth.js';

const TOKENS = ['access_token', 'refresh_token', 'id_token'] as const;

/** Tokens as an answer has them. */
export type AnsweredTokens = Readonly<Partial<Record<(typeof TOKENS)[number], string | undefined>>>;

/** Shows operators what is issued, by grant type and kind of token. */
@Injectable()
export class TokenMetrics {
  private readonly issuedTokens: Counter;

  constructor({ registry }: Metrics) {
    this.issuedTokens = new Counter({
      name: 'gatehouse_tokens_issued_total',
      help: 'Tokens issued, by grant type (implicit: with the answer of the authorization endpoint) and kind of token.',
      labelNames: ['grant_type', 'token'],
      registers: [registry],
    });
  }

  /** Counts the tokens of an answer. */
  issued(grantType: GrantType, answer: AnsweredTokens): void {
    for (const token of TOKENS) {
      if (answer[token] !== undefined) this.issuedTokens.inc({ grant_type: grantType, token });
    }
  }
}
