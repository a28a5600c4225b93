import type { Command } from 'commander';
import { type Client, ClientSecretsService, ClientsService } from '#clients/index.js';
import { KeyRing } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { AccessTokenIssuer } from '#protocol/index.js';
import { ADMIN_SCOPES, adminResourceIdentifier, ResourcesService } from '#resources/index.js';
import { CommandLineClient } from '../command-line-client.js';
import { ExitCode } from '../exit-code.js';
import { CommandFailure } from '../failure.js';
import type { Services } from '../open-service.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse token`: a ten-minute access token for the admin API, for whoever may read the database and its keys. */
export function token(parent: Command, runner: Runner): void {
  leaf(parent, 'token', 'print an access token for the admin API, good for ten minutes')
    .requiredOption('--scope <scope...>', `what it is good for, of ${ADMIN_SCOPES.join(' ')}`)
    .action(runner.action(({ scope }: { scope: readonly string[] }) => issue(runner, scope)));
}

async function issue(runner: Runner, given: readonly string[]): Promise<Answer> {
  const scope = [...new Set(given.flatMap((names) => names.split(/[ ,]+/)).filter((name) => name !== ''))];
  const unknown = scope.filter((name) => !ADMIN_SCOPES.includes(name));
  if (unknown.length > 0 || scope.length === 0) {
    const message = `Not a scope of the admin API: ${unknown.join(' ')}. There are ${ADMIN_SCOPES.join(' ')}.`;
    throw new CommandFailure(message, [], ExitCode.Usage);
  }
  return runner.changingInPieces('token', async (services) => {
    const client = await new CommandLineClient(services(ClientsService), services(ClientSecretsService)).ready();
    const { value, expiresIn } = await issueToken(services, client, scope);
    const json = { access_token: value, token_type: 'Bearer', expires_in: expiresIn, scope: scope.join(' ') };
    return { json, lines: [value] };
  });
}

async function issueToken(services: Services, client: Client, scope: readonly string[]) {
  const resource = await services(ResourcesService).findByIdentifier(adminResourceIdentifier(services(IssuerSettings)));
  // The very first command may come before the very first start, which makes the keys.
  await services(KeyRing).onModuleInit();
  const issuance = { client, grant: undefined, scope, resource, refreshToken: undefined, idToken: undefined };
  return services(AccessTokenIssuer).issue(issuance, services(Clock).epochSeconds());
}
