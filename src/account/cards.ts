import { isVetted, logoPath, type Client } from '#clients/index.js';
import type { ClientCard } from '#views/index.js';

/** What the account's pages say about an application, also about one that is gone. */
export function applicationCard(clientId: string, client: Client | undefined): ClientCard {
  const home = client?.clientUri;
  return {
    name: client?.clientName ?? clientId,
    host: home !== undefined && URL.canParse(home) ? new URL(home).host : undefined,
    logoUri: client && logoPath(client),
    clientUri: home,
    vetted: client === undefined || isVetted(client),
  };
}
