import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { KeyRing } from '#keys/index.js';
import { UsersService } from '#users/index.js';
import type { RevocationSelector } from './revocation-selector.js';

/** What a mark was set on: everything issued to it, or signed with it, until then has ended. */
export type Marked = 'user' | 'client' | 'key';

/** Ends tokens without rows by a mark on whom they were issued to, or on the key that signed them. */
@Injectable()
export class RevocationMarks {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly keys: KeyRing,
  ) {}

  /** Sets the mark that ends all that is selected, if there is one; what has rows alone needs none. */
  async set(selector: RevocationSelector): Promise<Marked | undefined> {
    const marked = markOf(selector);
    if (marked === undefined) return undefined;
    const set = await this.revoke(marked.on, marked.id, new Date(selector.until));
    return set ? marked.on : undefined;
  }

  private revoke(on: Marked, id: string, before: Date): Promise<boolean> {
    if (on === 'key') return this.keys.revokeTokens(id, before);
    return on === 'user' ? this.users.revokeTokens(id, before) : this.clients.revokeTokens(id, before);
  }
}

/** A mark ends everything of a user or client, so there is none where only a part is meant. */
function markOf(selector: RevocationSelector): { readonly on: Marked; readonly id: string } | undefined {
  const { userId, clientId, sessionId, address, key } = selector;
  if (key !== undefined) return { on: 'key', id: key };
  if (sessionId !== undefined || address !== undefined) return undefined;
  if (userId !== undefined) return clientId === undefined ? { on: 'user', id: userId } : undefined;
  return clientId === undefined ? undefined : { on: 'client', id: clientId };
}
