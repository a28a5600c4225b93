import { Injectable } from '@nestjs/common';
import { sectorOf, type Client } from '#clients/index.js';
import { SubjectKey } from '#keys/index.js';

/** The one place that says what users are called: every `sub` that a client is told comes from here (OIDC Core §8). */
@Injectable()
export class SubjectIdentifiers {
  constructor(private readonly key: SubjectKey) {}

  /**
   * The `sub` of a user for a client: the user's id, which is never given to another user, or for a pairwise client what
   * only clients of the same sector know the user by (OIDC Core §8.1).
   */
  of(userId: string, client: Pick<Client, 'subjectType' | 'sectorIdentifierUri' | 'redirectUris'>): string {
    return client.subjectType === 'pairwise' ? this.key.mac(JSON.stringify([sectorOf(client), userId])) : userId;
  }
}
