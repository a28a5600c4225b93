import { isDeepStrictEqual } from 'node:util';
import { changedMetadata, completeMetadata } from '../client-metadata-defaults.js';
import type { ClientMetadata, ClientMetadataChanges } from '../client-metadata.js';

/** A client that changes itself is not any more what an administrator has looked at, so the vetting ends (RFC 7591 §5). */
export function endingVetting(present: ClientMetadata, changes: ClientMetadataChanges): ClientMetadataChanges {
  const after = completeMetadata(changedMetadata(present, changes));
  return isDeepStrictEqual(after, completeMetadata(present)) ? changes : { ...changes, vetted: null };
}
