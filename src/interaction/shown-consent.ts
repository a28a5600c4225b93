import { sha256 } from '#platform/crypto/index.js';
import type { ShownConsent } from './consent-models.service.js';

/** Names what a consent page says: another word, value or choice makes another name; what is ticked meanwhile does not. */
export function shownDigest(shown: ShownConsent, language: string): string {
  return sha256(JSON.stringify([language, shown]));
}
