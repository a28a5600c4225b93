import { Injectable } from '@nestjs/common';
import { AuditService, type AuditEvent } from '#audit/index.js';
import { ClientsService, ClientVersions } from '#clients/index.js';
import type { Actor } from '#platform/http/index.js';

const PAGE = 200;

/** Finds out who has a hand in a program: who looks after it, and who made it, changed it or made a secret of it. */
@Injectable()
export class ProgramHands {
  constructor(
    private readonly clients: ClientsService,
    private readonly versions: ClientVersions,
    private readonly audit: AuditService,
  ) {}

  /** Tells whether somebody has a hand in a program, also by way of other programs in which they have one. */
  async include(clientId: string, userId: string): Promise<boolean> {
    const seen = new Set<string>();
    const open = [clientId];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const actors = await this.of(next);
      if (actors.some(({ kind, id }) => kind === 'user' && id === userId)) return true;
      open.push(...actors.flatMap(({ kind, id }) => (kind === 'client' && id !== undefined ? [id] : [])));
    }
    return false;
  }

  private async of(clientId: string): Promise<Actor[]> {
    const owner = (await this.clients.find(clientId))?.owner;
    const acts = await this.acts(clientId);
    return [
      ...(owner === undefined ? [] : [{ kind: 'user', id: owner } as const]),
      ...(acts.some(registers) ? [] : await this.maker(clientId)),
      ...acts.flatMap(actorIn),
    ];
  }

  /** Who registered a program before what the record still knows. */
  private async maker(clientId: string): Promise<Actor[]> {
    const actor = (await this.versions.find(clientId, 1))?.actor;
    return actor === undefined ? [] : [actor];
  }

  /** What was done to the program: the record knows it also when the program or the secret is gone. */
  private async acts(clientId: string): Promise<AuditEvent[]> {
    const acts: AuditEvent[] = [];
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const request = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.audit.list({ clientId, name: 'admin.acted' }, request);
      acts.push(...page.items);
      cursor = page.nextCursor;
    }
    return acts;
  }
}

function registers({ details }: AuditEvent): boolean {
  return details['act'] === 'create' && /\/clients$|: client\.register$/.test(String(details['target']));
}

/** Whose will an act was: of one that somebody else approved, that of whoever asked for it. */
function actorIn({ actor, details }: AuditEvent): Actor[] {
  const asked = details['requestedBy'] as Actor | undefined;
  return [asked ?? actor].filter((one) => one !== undefined);
}
