import type { AttentionItem } from '#views/index.js';
import type { Visit } from './visit.js';

/** One thing that can need the attention of a user; a module of the account that knows of one adds it to `Attention`. */
export interface AttentionSource {
  /** What needs attention now, the most urgent first; mostly nothing. */
  due(visit: Visit): Promise<readonly AttentionItem[]>;
}
