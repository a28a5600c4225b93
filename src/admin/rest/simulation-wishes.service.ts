import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import { claimApproval } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import type { SimulationWish } from '#protocol/index.js';
import { ScopesService } from '#resources/index.js';
import { Amr } from '#standards/amr.js';
import { UsersService, type User } from '#users/index.js';
import { refuseFaults } from './checked-message.js';
import type { SimulationRequest } from './dto/simulation-request.dto.js';

/** How far the clock of whoever asks may be behind. */
const CLOCK_SKEW_MS = 60_000;

/** Whatever a well-behaved client sends that decides nothing here. */
const ALWAYS_SENT = {
  state: 'simulated',
  nonce: 'simulated',
  code_challenge: 'A'.repeat(43),
  code_challenge_method: 'S256',
};

/** Reads what is to be simulated, and refuses what names nothing that is here. */
@Injectable()
export class SimulationWishes {
  constructor(
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly scopes: ScopesService,
    private readonly clock: Clock,
  ) {}

  async of(message: SimulationRequest): Promise<SimulationWish> {
    const client = await this.clients.known(message.client_id);
    const user = message.user === undefined ? undefined : await this.userNamed(message.user);
    const now = message.time === undefined ? this.clock.now() : new Date(message.time);
    const authTime = message.auth_time === undefined ? now : new Date(message.auth_time);
    const faults = [
      ...(client === undefined ? [{ pointer: '#/client_id', detail: 'is not a client here' }] : []),
      ...(message.user !== undefined && user === undefined
        ? [{ pointer: '#/user', detail: 'is not a user here' }]
        : []),
      ...(await this.scopeFaults(message.scope)),
      ...this.timeFaults(now, authTime),
    ];
    refuseFaults([], faults);
    if (client === undefined) throw new Error('an unknown client was not refused');
    const { amr = [Amr.Password] } = message;
    return { client, user, now, authTime, amr, parameters: parametersOf(message, client), ticked: tickedIn(message) };
  }

  private async userNamed(text: string): Promise<User | undefined> {
    return (await this.users.find(text)) ?? (await this.users.findByLogin(text));
  }

  private async scopeFaults(scope: string | undefined): Promise<FieldProblem[]> {
    const names = spaced(scope);
    const known = await this.scopes.known(names);
    const unknown = names.find((name) => !known.some((one) => one.name === name));
    return unknown === undefined ? [] : [{ pointer: '#/scope', detail: `${unknown} is not a scope here` }];
  }

  /** What was allowed at an earlier time is not kept, so only later ones can be told. */
  private timeFaults(now: Date, authTime: Date): FieldProblem[] {
    if (now.getTime() < this.clock.now().getTime() - CLOCK_SKEW_MS) {
      return [{ pointer: '#/time', detail: 'must not be in the past' }];
    }
    return authTime > now ? [{ pointer: '#/auth_time', detail: 'must not be after `time`' }] : [];
  }
}

function parametersOf(message: SimulationRequest, client: Client): (readonly [string, string])[] {
  const { scope, claims, prompt, acr_values, resource = [] } = message;
  const single = {
    ...ALWAYS_SENT,
    client_id: message.client_id,
    response_type: message.response_type ?? 'code',
    redirect_uri: message.redirect_uri ?? client.redirectUris[0],
    scope,
    prompt,
    acr_values,
    claims: claims && JSON.stringify(claims),
    max_age: message.max_age?.toString(),
  };
  return [
    ...Object.entries(single).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ...resource.map((identifier) => ['resource', identifier] as const),
  ];
}

function tickedIn({ ticked_scope: scope, ticked_claims: claims }: SimulationRequest): readonly string[] | undefined {
  if (scope === undefined && claims === undefined) return undefined;
  return [...spaced(scope), ...(claims ?? []).map(claimApproval)];
}

function spaced(text = ''): string[] {
  return [...new Set(text.split(' ').filter((name) => name !== ''))];
}
