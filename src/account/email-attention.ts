import { Injectable } from '@nestjs/common';
import type { AttentionItem } from '#views/index.js';
import type { AttentionSource } from './attention.js';
import type { Visit } from './visit.js';

/** An address that nobody can write to, or that nobody has shown to be theirs. */
@Injectable()
export class EmailAttention implements AttentionSource {
  due({ user: { claims } }: Visit): Promise<readonly AttentionItem[]> {
    if (claims.email === undefined) return Promise.resolve([{ kind: 'email-missing' }]);
    return Promise.resolve(claims.email_verified === true ? [] : [{ kind: 'email-unverified' }]);
  }
}
