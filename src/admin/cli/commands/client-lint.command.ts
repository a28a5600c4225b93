import type { Command } from 'commander';
import { type Client, ClientsService, type LintFinding } from '#clients/index.js';
import { ClientLints } from '../../lints/client-lints.service.js';
import { clientLintAnswer } from '../../rest/dto/client-lint.dto.js';
import { clientMeant } from '../client-lookup.js';
import { ExitCode } from '../exit-code.js';
import type { Services } from '../open-service.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Linted {
  readonly client: Client;
  readonly findings: readonly LintFinding[];
}

/** `gatehouse client lint`: what should be otherwise about a client, or about all. */
export function clientLint(parent: Command, runner: Runner): void {
  leaf(parent, 'lint [client_id]', 'say what should be otherwise about a client, or all; 1 when an error is found')
    .option('--reach', 'ask its logout addresses whether anybody answers there')
    .action(
      runner.action((clientId: string | undefined, { reach = false }: { reach?: boolean }) =>
        lint(runner, clientId, reach),
      ),
    );
}

function lint(runner: Runner, clientId: string | undefined, reach: boolean): Promise<Answer> {
  return runner.inService(async (services) => {
    const linted: Linted[] = [];
    for (const client of await clientsMeant(services, clientId)) {
      linted.push({ client, findings: await services(ClientLints).of(client, { reach }) });
    }
    const failed = linted.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
    return {
      json: { items: linted.map(({ client, findings }) => clientLintAnswer(client.clientId, reach, findings)) },
      lines: linted.flatMap(linesOf),
      exitCode: failed ? ExitCode.Failed : ExitCode.Ok,
    };
  });
}

async function clientsMeant(services: Services, clientId: string | undefined): Promise<Client[]> {
  if (clientId !== undefined) return [await clientMeant(services, clientId)];
  return everything((page) => services(ClientsService).list(page));
}

function linesOf({ client: { clientId }, findings }: Linted): string[] {
  if (findings.length === 0) return [`${clientId}: nothing to say`];
  return [
    `${clientId}:`,
    ...findings.map(({ severity, rule, clause, pointer, advice }) => {
      const why = clause === undefined ? rule : `${rule}, ${clause}`;
      return `  ${severity.padEnd(7)}  ${pointer}  ${advice} [${why}]`;
    }),
  ];
}
