/** Everything that is carried outside after a commit: the name of each topic and what its deliveries need to know. */
export interface OutboxCatalogue {
  'back-channel-logout': { clientId: string; sub: string; sid: string };
  /** A signed message to a subscriber: `body` is sent as it is, under the same `id` at each attempt. */
  webhook: { webhookId: string; id: string; type: string; body: string };
  /** What a method marked `@AfterCommit` is called with. */
  'after-commit': { hook: string; payload: unknown };
  /** A mail, sealed: it may hold a link that only its reader may know. */
  mail: { sealed: string };
  /** What somebody asked for that is answered by mail alone, sealed: it names them. */
  'account-request': { sealed: string };
}

/** The name of something that is carried outside. */
export type OutboxTopic = keyof OutboxCatalogue;
