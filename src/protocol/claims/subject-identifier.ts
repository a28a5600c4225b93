import { Injectable } from '@nestjs/common';
import { sectorOf, type Client } from '#clients/index.js';
import { SubjectKey } from '#keys/index.js';

/** What of a client decides how it knows users. */
type SubjectHolder = Pick<Client, 'subjectType' | 'sectorIdentifierUri' | 'redirectUris'>;

/** The one place that says what users are called: every `sub` that a client is told comes from here (OIDC Core §8). */
@Injectable()
export class SubjectIdentifiers {
  constructor(private readonly key: SubjectKey) {}

  /**
   * The `sub` of a user for a client: the user's id, which is never given to another user, or for a pairwise client what
   * only clients of the same sector know the user by (OIDC Core §8.1).
   */
  of(userId: string, client: SubjectHolder): string {
    return client.subjectType === 'pairwise' ? this.key.mac(JSON.stringify([sectorOf(client), userId])) : userId;
  }

  /**
   * The `sid` of a session for a client: one for all clients would tell two sectors that their users are the same person
   * (OIDC Core §8.1); OIDC Back-Channel Logout §2.1 has it name the session at one client.
   */
  ofSession(sessionId: string, client: SubjectHolder): string {
    if (client.subjectType !== 'pairwise') return sessionId;
    return this.key.mac(JSON.stringify(['sid', sectorOf(client), sessionId]));
  }
}
