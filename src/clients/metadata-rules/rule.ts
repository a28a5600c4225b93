import type { ClientMetadata } from '../client-metadata.js';
import type { UriContext } from '../uri-rules.js';

/** A fault: the member, what is wrong with it, and where below it. */
export type Found = readonly [member: keyof ClientMetadata, detail: string, below?: string];

/** Says what is wrong with one side of a client's metadata. */
export type Rule = (metadata: ClientMetadata, context: UriContext) => Found[];
