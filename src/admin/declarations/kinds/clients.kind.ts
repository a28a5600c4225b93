import { Injectable } from '@nestjs/common';
import { ClientSecretsService, ClientsService, usesSecret, type Client } from '#clients/index.js';
import { BootstrapSettings } from '#platform/config/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { UsersService } from '#users/index.js';
import { COMMAND_LINE_CLIENT_ID } from '../../cli/command-line-client.js';
import { everything } from '../../cli/pages.js';
import { ClientReferences } from '../../rest/client-references.service.js';
import { clientAnswer, clientChanges, clientInput } from '../../rest/dto/client-wire.js';
import { FIXED_CLIENT_MEMBERS } from '../../rest/dto/client.dto.js';
import { ChosenSecrets } from '../../seed/chosen-secrets.service.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  removedMembers,
  written,
  type DeclaredKind,
  type GivenSecret,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';
import { DeclaredClient } from '../declared.dto.js';
import { KEPT } from '../secret-reference.js';

const FIXED = FIXED_CLIENT_MEMBERS.fixed.filter((name) => name !== 'client_id');
const SECRET = '#/client_secret_from';

/** The clients that administrators registered; those that registered themselves describe themselves. */
@Injectable()
export class ClientsKind implements DeclaredKind<DeclaredClient> {
  readonly folder = 'clients';
  readonly type = DeclaredClient;
  readonly names = ['client_id', 'client_name', 'client_secret_from', 'profile', 'status', 'owner'];
  readonly secret = { reference: 'client_secret_from', member: 'client_secret' };

  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly chosen: ChosenSecrets,
    private readonly references: ClientReferences,
    private readonly users: UsersService,
    private readonly bootstrap: BootstrapSettings,
  ) {}

  nameOf({ client_id: clientId }: DeclaredClient): string {
    return clientId;
  }

  reserved({ client_id: clientId }: Pick<DeclaredClient, 'client_id'>): string | undefined {
    if (clientId === COMMAND_LINE_CLIENT_ID) return 'is the client of the command line';
    return clientId === this.bootstrap.adminClientId ? 'is the client that ADMIN_CLIENT_ID makes' : undefined;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.clients.list(request));
    const ours = all.filter(
      (client) => !client.selfRegistered && this.reserved({ client_id: client.clientId }) === undefined,
    );
    const owners = await this.users.findMany([...new Set(ours.flatMap(({ owner }) => owner ?? []))]);
    const names = new Map(owners.map(({ id, username }) => [id, username]));
    return ours.map((client) => {
      const { owner, ...decided } = decidedMembers(clientAnswer(client), FIXED);
      const name = names.get(String(owner));
      const keeps = usesSecret(client) && { client_secret_from: KEPT };
      const document = { ...decided, ...(name !== undefined && { owner: name }), ...keeps };
      return { name: client.clientId, id: client.clientId, document, updatedAt: client.updatedAt };
    });
  }

  async write({ message, secret, present }: ToWrite<DeclaredClient>): Promise<Written> {
    const { client_id: clientId, client_secret_from: _from, owner: ownerName, ...members } = message;
    const owner = await this.ownerOf(ownerName);
    const decided = { ...members, ...(owner.id !== undefined && { owner: owner.id }) };
    const before = present && (await this.clients.find(clientId));
    const input = clientInput(decided);
    const problems = [
      ...owner.problems,
      ...(await this.references.problems(input, before)),
      ...(await this.references.idProblems(clientId)),
      ...this.chosen.problems(secret?.value).map(atReference),
    ];
    if (problems.length > 0) return written([...this.clients.problems(input, clientId).map(plainly), ...problems]);
    if (present === undefined || before === undefined) return this.register(clientId, input, secret);
    const removed = removedMembers(present, message).filter((name) => name !== this.secret.reference);
    const result = await this.clients.update(clientId, clientChanges(decided, removed), present.updatedAt);
    if (result.outcome !== 'updated') return written(problemsOf(result, '#/client_id'));
    return this.giveSecret(result.client, { before, secret });
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.clients.delete(id);
    return [];
  }

  private async ownerOf(name: string | undefined): Promise<{ id?: string; problems: FieldProblem[] }> {
    if (name === undefined) return { problems: [] };
    const user = await this.users.findByLogin(name);
    const unknown = { pointer: '#/owner', detail: 'is not the name of a user' };
    return user === undefined ? { problems: [unknown] } : { id: user.id, problems: [] };
  }

  private async register(
    clientId: string,
    input: Parameters<ClientsService['register']>[0],
    secret: GivenSecret | undefined,
  ): Promise<Written> {
    const result = await this.clients.register(input, { clientId, clientSecret: secret?.value });
    if (result.outcome !== 'registered') return written(problemsOf(result, '#/client_id').map(atReference));
    if (result.clientSecret !== undefined) return written([NEEDED]);
    if (secret !== undefined && !usesSecret(result.client)) return written([uselessWith(result.client)]);
    return { problems: [], secretChanged: secret !== undefined };
  }

  /** Gives it the secret, or sees that it has one that will do, as a new one would be shown to nobody. */
  private async giveSecret(
    client: Client,
    { before, secret }: { readonly before: Client; readonly secret: GivenSecret | undefined },
  ): Promise<Written> {
    if (secret === undefined) {
      const begins = usesSecret(client) && !usesSecret(before);
      const signs = await this.secrets.beginSigning(client);
      return written(begins || signs !== undefined ? [NEEDED] : []);
    }
    const known = await this.secrets.has(client.clientId, secret.value);
    const signs = client.tokenEndpointAuthMethod === 'client_secret_jwt';
    const problems = known && !signs ? [] : await this.chosen.choose(client, secret.value);
    return { problems: problems.map(atReference), secretChanged: !known };
  }
}

const NEEDED = { pointer: SECRET, detail: 'is needed: a secret that is made here would be shown to nobody' };

function uselessWith({ tokenEndpointAuthMethod: method }: Client): FieldProblem {
  return { pointer: SECRET, detail: `has no use with ${method}` };
}

/** A fault of the secret is one of where it comes from. */
function atReference({ pointer, detail }: FieldProblem): FieldProblem {
  return { pointer: pointer === '#/client_secret' ? SECRET : pointer, detail };
}

function plainly({ pointer, detail }: FieldProblem): FieldProblem {
  return { pointer, detail };
}
