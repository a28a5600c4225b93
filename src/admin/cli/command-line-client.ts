import type { Client, ClientMetadataInput, ClientSecretsService, ClientsService } from '#clients/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { CommandFailure } from './failure.js';

/** The id of the client that tokens of the command line are issued to. */
export const COMMAND_LINE_CLIENT_ID = 'gatehouse-cli';

const METADATA: ClientMetadataInput = {
  clientName: 'Gatehouse command line',
  profile: 'm2m',
  scope: ADMIN_SCOPES,
  firstParty: true,
};

/**
 * A client like any other, so that tokens of the command line can be judged, seen and ended like any others. It has no
 * secret: nobody can authenticate as it, and only who holds the signing keys makes tokens for it.
 */
export class CommandLineClient {
  constructor(
    private readonly clients: Pick<ClientsService, 'find' | 'register'>,
    private readonly secrets: Pick<ClientSecretsService, 'remove'>,
  ) {}

  /** The client, made when it is first needed. */
  async ready(): Promise<Client> {
    const client = (await this.clients.find(COMMAND_LINE_CLIENT_ID)) ?? (await this.register());
    if (client.status === 'active') return client;
    const remedy = `"gatehouse client delete ${client.clientId}" lets it be made anew`;
    throw new CommandFailure(`The client ${client.clientId} was disabled, so that its tokens are refused; ${remedy}.`);
  }

  private async register(): Promise<Client> {
    const result = await this.clients.register(METADATA, { clientId: COMMAND_LINE_CLIENT_ID });
    if (result.outcome !== 'registered') throw new Error(`the client ${COMMAND_LINE_CLIENT_ID} cannot be made`);
    const { client, clientSecret } = result;
    if (clientSecret !== undefined) await this.secrets.remove(client.clientId, clientSecret.id);
    return client;
  }
}
