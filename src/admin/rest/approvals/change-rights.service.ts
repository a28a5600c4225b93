import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { adminStanding } from '#interaction/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { bearerOf } from '#protocol/index.js';
import { CHANGE_KINDS, type ChangeKind, type ChangeRequest, type Party } from '../../changes/change-request.js';
import { API_PATH } from '../api-path.js';
import { CallerRights } from '../caller-rights.service.js';
import { notFound } from '../outcomes.js';
import { roleProblem } from '../roles/role-rules.js';
import { ProgramHands } from './program-hands.service.js';

/** Where a change would have been asked for, had it not to wait, as far as rights go. */
interface Door {
  readonly area: 'clients' | 'settings';
  readonly method: string;
  readonly route: string;
}

const DOORS: Readonly<Record<ChangeKind, Door>> = {
  'client.register': { area: 'clients', method: 'POST', route: `${API_PATH}/clients` },
  'client.change': { area: 'clients', method: 'PATCH', route: `${API_PATH}/clients/:client_id` },
  'client.restore': {
    area: 'clients',
    method: 'POST',
    route: `${API_PATH}/clients/:client_id/versions/:number/restore`,
  },
  'settings.change': { area: 'settings', method: 'PATCH', route: `${API_PATH}/settings` },
};

/** Says who may see and decide which changes: whoever could see, or make, what they are about. */
@Injectable()
export class ChangeRights {
  constructor(
    private readonly clients: ClientsService,
    private readonly rights: CallerRights,
    private readonly hands: ProgramHands,
  ) {}

  /** The kinds of changes that a caller may see. */
  async visible(request: FastifyRequest): Promise<ChangeKind[]> {
    const seesSettings = await this.rights.bears(request, 'settings:read');
    return CHANGE_KINDS.filter((kind) => DOORS[kind].area === 'clients' || seesSettings);
  }

  /** To whoever may not see a change it is not there. */
  async requireVisible(request: FastifyRequest, { kind, ownerId }: ChangeRequest): Promise<void> {
    const only = this.rights.onlyOwner(request);
    const seen = (await this.visible(request)).includes(kind) && (only === undefined || only === ownerId);
    if (!seen) throw notFound();
  }

  /** Refuses a decision of somebody who could not do themselves what it is about, or who asked for it. */
  async requireToDecide(request: FastifyRequest, change: ChangeRequest, by: Party): Promise<void> {
    await this.requireOther(change.requestedBy, by);
    const { area, method, route } = DOORS[change.kind];
    const scope = `${area}:write`;
    if (!(await this.rights.bears(request, scope))) throw forbidden(`This needs the scope ${scope}.`);
    const user = bearerOf(request)?.user;
    const standing = user && adminStanding(user);
    const question = { method, route, body: change.body, reads: false };
    const problem = standing && roleProblem(standing, question);
    if (problem !== undefined) throw forbidden(problem);
    if (standing === 'client_manager') await this.requireOwn(user?.id, change);
  }

  /** Two pairs of eyes are those of people: a program approves nothing. */
  requirePerson(by: Party): void {
    if (by.kind !== 'user') throw forbidden('Changes are approved by people who signed in, not by programs.');
  }

  /** Whoever has a hand in a program may hold its secret, and have asked by it. */
  private async requireOther(asked: Party, by: Party): Promise<void> {
    if (isSame(asked, by)) throw forbidden('Nobody decides about what they asked for.');
    if (asked.kind !== 'client' || by.kind !== 'user' || !(await this.hands.include(asked.id, by.id))) return;
    throw forbidden('Nobody decides about what a program asked for in which they have a hand.');
  }

  private async requireOwn(userId: string | undefined, { clientId }: ChangeRequest): Promise<void> {
    const client = clientId === undefined ? undefined : await this.clients.find(clientId);
    if (client?.owner !== userId) throw notFound();
  }
}

/** Tells whether two parties are one and the same. */
export function isSame(one: Party, other: Party): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function forbidden(detail: string): ProblemDetails {
  return new ProblemDetails({ status: 403, detail });
}
