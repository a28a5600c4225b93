import { Injectable } from '@nestjs/common';
import { ClientSecretsService, ClientsService, type ClientMetadataInput } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Transactions } from '#platform/database/index.js';
import { ADMIN_SCOPES, adminResourceIdentifier } from '#resources/index.js';
import { SeedError } from './seed-error.js';
import { problemsOf } from './seed-problems.js';

const SOURCE = 'ADMIN_CLIENT_ID';

/** The client that ADMIN_CLIENT_ID and ADMIN_CLIENT_SECRET name: in its own name it may do everything. */
@Injectable()
export class AutomationClient {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly transactions: Transactions,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Registers the client, or gives it the admin scopes and the secret of now. */
  make(clientId: string, secret: string): Promise<void> {
    return this.transactions.run(async () => {
      const metadata = this.metadata();
      const present = await this.clients.find(clientId);
      const result =
        present === undefined
          ? await this.clients.register({ ...metadata, clientName: 'Automation' }, { clientId, clientSecret: secret })
          : await this.clients.update(clientId, metadata);
      const problems = problemsOf(result, '#/client_id');
      if (problems.length > 0) throw new SeedError(SOURCE, problems);
      await this.secrets.choose(clientId, secret);
    });
  }

  private metadata() {
    return {
      profile: 'm2m',
      redirectUris: [],
      grantTypes: ['client_credentials'],
      responseTypes: [],
      tokenEndpointAuthMethod: 'client_secret_basic',
      scope: ADMIN_SCOPES,
      optionalScope: [],
      defaultScope: [],
      defaultResource: adminResourceIdentifier(this.issuer),
    } as const satisfies ClientMetadataInput;
  }
}
