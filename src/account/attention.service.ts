import { Injectable } from '@nestjs/common';
import type { AttentionItem } from '#views/index.js';
import type { AttentionSource } from './attention.js';
import { EmailAttention } from './email-attention.js';
import type { Visit } from './visit.js';

/** What a user should look at, gathered from those who know. */
@Injectable()
export class Attention {
  private readonly sources: readonly AttentionSource[];

  constructor(email: EmailAttention) {
    this.sources = [email];
  }

  async list(visit: Visit): Promise<AttentionItem[]> {
    const found: AttentionItem[] = [];
    for (const source of this.sources) found.push(...(await source.due(visit)));
    return found;
  }
}
