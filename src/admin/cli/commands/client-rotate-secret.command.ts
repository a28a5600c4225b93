import { type Command, InvalidArgumentError, Option } from 'commander';
import { ClientSecretsService, usesSecret } from '#clients/index.js';
import { Clock } from '#platform/crypto/index.js';
import { madeSecret } from '../../rest/dto/client-secret.dto.js';
import { clientMeant, unknownClient } from '../client-lookup.js';
import { CommandFailure } from '../failure.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 365;

/** `gatehouse client rotate-secret`: a further secret, so that the application can change over without an outage. */
export function clientRotateSecret(parent: Command, runner: Runner): void {
  leaf(parent, 'rotate-secret <client_id>', 'make a further secret, shown once; the others still work')
    .addOption(new Option('--revoke', 'end the other secrets at once').conflicts('overlap'))
    .addOption(new Option('--overlap <days>', 'end the other secrets after so many days').argParser(days))
    .action(runner.action((clientId: string, options: Options) => rotate(runner, clientId, options)));
}

/** What becomes of the secrets that are there. */
interface Options {
  readonly revoke?: boolean;
  readonly overlap?: number;
}

function days(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_DAYS) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_DAYS}.`);
}

function rotate(runner: Runner, clientId: string, { revoke = false, overlap }: Options): Promise<Answer> {
  return runner.changing('client rotate-secret', async (services) => {
    const client = await clientMeant(services, clientId);
    if (!usesSecret(client)) throw new CommandFailure(`The client "${clientId}" does not use a secret.`);
    const secrets = services(ClientSecretsService);
    const others = await everything((page) => secrets.list(clientId, page));
    const now = services(Clock).now().getTime();
    const othersEndAt = overlap === undefined ? undefined : new Date(now + overlap * DAY_MS);
    const secret = await secrets.add(clientId, { othersEndAt });
    if (secret === undefined) throw unknownClient(clientId);
    if (revoke) for (const { id } of others) await secrets.remove(clientId, id);
    const fate = othersEndAt === undefined ? 'still work; --revoke ends them' : `end at ${othersEndAt.toISOString()}`;
    const rest = `the ${others.length} other(s) ${revoke ? 'have ended' : fate}`;
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
