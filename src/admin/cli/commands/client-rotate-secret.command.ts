import type { Command } from 'commander';
import { ClientSecretsService, usesSecret } from '#clients/index.js';
import { madeSecret } from '../../rest/dto/client-secret.dto.js';
import { clientMeant, unknownClient } from '../client-lookup.js';
import { CommandFailure } from '../failure.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse client rotate-secret`: a further secret, so that the application can change over without an outage. */
export function clientRotateSecret(parent: Command, runner: Runner): void {
  leaf(parent, 'rotate-secret <client_id>', 'make a further secret, shown once; the others still work')
    .option('--revoke', 'end the other secrets at once')
    .action(
      runner.action((clientId: string, { revoke = false }: { revoke?: boolean }) => rotate(runner, clientId, revoke)),
    );
}

function rotate(runner: Runner, clientId: string, revoke: boolean): Promise<Answer> {
  return runner.changing('client rotate-secret', async (services) => {
    const client = await clientMeant(services, clientId);
    if (!usesSecret(client)) throw new CommandFailure(`The client "${clientId}" does not use a secret.`);
    const secrets = services(ClientSecretsService);
    const others = await everything((page) => secrets.list(clientId, page));
    const secret = await secrets.add(clientId);
    if (secret === undefined) throw unknownClient(clientId);
    if (revoke) for (const { id } of others) await secrets.remove(clientId, id);
    const rest = `the ${others.length} other(s) ${revoke ? 'have ended' : 'still work; --revoke ends them'}`;
    return {
      about: { clientId },
      json: madeSecret(secret),
      lines: [
        `Client ${clientId} has a new secret${others.length === 0 ? '' : `; ${rest}`}.`,
        `Client secret, shown this once: ${secret.value}`,
      ],
    };
  });
}
