import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { KeyRing } from '#keys/index.js';
import { RevokedTimes } from '#tokens/index.js';
import { UsersService } from '#users/index.js';
import { issuedSelection, type RevocationSelector } from './revocation-selector.js';

/** What a mark was set on: everything issued to it, or signed with it, until then has ended. */
export type Marked = 'user' | 'client' | 'key' | 'company';

/** What became of tokens without rows: all of somebody's until a moment, or those of a time. */
export type Ended =
  | { readonly all_issued_before: Partial<Readonly<Record<Marked, string>>> }
  | { readonly all_issued_within: { readonly since: string; readonly until: string } };

/** Ends tokens without rows: by a mark on whom they were issued to, on the key that signed them, or on the time they are of. */
@Injectable()
export class RevocationMarks {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly keys: KeyRing,
    private readonly times: RevokedTimes,
  ) {}

  /** Sets the mark that ends all that is selected, if there is one; what has rows alone needs none. */
  async set(selector: RevocationSelector): Promise<Ended | undefined> {
    const { since, until } = selector;
    if (selectsTime(selector)) {
      await this.times.revoke(issuedSelection(selector));
      return since === undefined ? { all_issued_before: { company: until } } : { all_issued_within: { since, until } };
    }
    const marked = markOf(selector);
    const set = marked !== undefined && (await this.revoke(marked.on, marked.id, new Date(until)));
    return set ? { all_issued_before: { [marked.on]: until } } : undefined;
  }

  private revoke(on: Mark['on'], id: string, before: Date): Promise<boolean> {
    if (on === 'key') return this.keys.revokeTokens(id, before);
    return on === 'user' ? this.users.revokeTokens(id, before) : this.clients.revokeTokens(id, before);
  }
}

interface Mark {
  readonly on: Exclude<Marked, 'company'>;
  readonly id: string;
}

/** Where everything of a user, client or key until a moment is meant, the mark on it is enough; else the time itself is ended. */
function selectsTime({ userId, clientId, sessionId, address, key, since }: RevocationSelector): boolean {
  if (key !== undefined || sessionId !== undefined || address !== undefined) return false;
  return since !== undefined || (userId === undefined && clientId === undefined);
}

/** A mark ends everything of a user or client, so there is none where only a part is meant. */
function markOf({ userId, clientId, sessionId, address, key }: RevocationSelector): Mark | undefined {
  if (key !== undefined) return { on: 'key', id: key };
  if (sessionId !== undefined || address !== undefined) return undefined;
  if (userId !== undefined) return clientId === undefined ? { on: 'user', id: userId } : undefined;
  return clientId === undefined ? undefined : { on: 'client', id: clientId };
}
