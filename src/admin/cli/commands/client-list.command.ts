import type { Command } from 'commander';
import { ClientsService } from '#clients/index.js';
import { clientAnswer } from '../../rest/dto/client-wire.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse client list`: all clients. */
export function clientList(parent: Command, runner: Runner): void {
  leaf(parent, 'list', 'list the clients').action(runner.action(() => list(runner)));
}

function list(runner: Runner): Promise<Answer> {
  return runner.inService(async (services) => {
    const clients = await everything((page) => services(ClientsService).list(page));
    const rows = clients.map(({ clientId, clientName, status, profile, grantTypes }) => [
      clientId,
      clientName ?? '',
      status,
      profile,
      grantTypes.join(','),
    ]);
    return {
      json: { items: clients.map(clientAnswer) },
      lines: table(['client_id', 'name', 'status', 'profile', 'grant types'], rows),
    };
  });
}
