import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#platform/http/index.js';
import { wireName, type ClientMetadata } from '../client-metadata.js';

/** What is known of a version without what the client was then. */
export interface ClientVersionFacts {
  readonly clientId: string;
  readonly number: number;
  /** The members that differ from the version before, as the wire names them. */
  readonly changed: readonly string[];
  /** The number of the version that it brought back. */
  readonly restoredFrom: number | undefined;
  /** Who changed the client; undefined where nobody knows. */
  readonly actor: Actor | undefined;
  /** Under which the log and the record of what happened tell more. */
  readonly requestId: string | undefined;
  readonly createdAt: Date;
}

/** A client as it was registered from one change to the next. */
export interface ClientVersion extends ClientVersionFacts {
  readonly metadata: ClientMetadata;
}

/** How many versions of a client are kept, and of one that anybody may have registered. */
const KEPT = { vouched: 100, selfRegistered: 10 } as const;

/** How many of the newest versions of a client are kept. */
export function versionsKept({ selfRegistered }: { readonly selfRegistered: boolean }): number {
  return selfRegistered ? KEPT.selfRegistered : KEPT.vouched;
}

/** The members in which two records of a client differ, as the wire names them. */
export function changedMembers(before: ClientMetadata, after: ClientMetadata): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ClientMetadata>;
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).map(wireName);
}
