import { type Client, ClientsService } from '#clients/index.js';
import { CommandFailure } from './failure.js';
import type { Services } from './open-service.js';

/** The client of this id, or a failure that says there is none. */
export async function clientMeant(services: Services, clientId: string): Promise<Client> {
  const client = await services(ClientsService).find(clientId);
  if (client === undefined) throw unknownClient(clientId);
  return client;
}

/** Says that there is no such client. */
export function unknownClient(clientId: string): CommandFailure {
  return new CommandFailure(`There is no client "${clientId}".`);
}
