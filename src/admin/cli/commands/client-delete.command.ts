import type { Command } from 'commander';
import { ClientsService } from '#clients/index.js';
import { unknownClient } from '../client-lookup.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse client delete`: removes a client, and with it all that it was given. */
export function clientDelete(parent: Command, runner: Runner): void {
  leaf(parent, 'delete <client_id>', 'remove a client, its grants and tokens').action(
    runner.action((clientId: string) => remove(runner, clientId)),
  );
}

function remove(runner: Runner, clientId: string): Promise<Answer> {
  return runner.changing('client delete', async (services) => {
    if (!(await services(ClientsService).delete(clientId))) throw unknownClient(clientId);
    const lines = [`Client ${clientId} was removed.`];
    return { about: { clientId }, json: { client_id: clientId, deleted: true }, lines };
  });
}
