import type { Command } from 'commander';
import { ClientSecretsService } from '#clients/index.js';
import { clientAnswer } from '../../rest/dto/client-wire.js';
import { secretAnswer } from '../../rest/dto/client-secret.dto.js';
import { clientMeant } from '../client-lookup.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse client show`: everything about a client except the values of its secrets. */
export function clientShow(parent: Command, runner: Runner): void {
  leaf(parent, 'show <client_id>', 'show a client, and which secrets it has').action(
    runner.action((clientId: string) => show(runner, clientId)),
  );
}

function show(runner: Runner, clientId: string): Promise<Answer> {
  return runner.inService(async (services) => {
    const client = clientAnswer(await clientMeant(services, clientId));
    const secrets = await everything((page) => services(ClientSecretsService).list(clientId, page));
    const members = Object.entries(client).map(([name, value]) => [name, textOf(value)]);
    const times = secrets
      .map(secretAnswer)
      .map((secret) => [
        'secret',
        `${secret.id}, made ${secret.created_at}, ${secret.expires_at === null ? 'no end' : `ends ${secret.expires_at}`}`,
      ]);
    return {
      json: { ...client, secrets: secrets.map(secretAnswer) },
      lines: table(['member', 'value'], [...members, ...times]),
    };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
