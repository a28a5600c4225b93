import type { Command } from 'commander';
import { IssuerSettings } from '#platform/config/index.js';
import { clientConfigurations } from '../../configurations/configurations.js';
import { clientConfigurationAnswer } from '../../rest/dto/client-configuration.dto.js';
import { clientMeant } from '../client-lookup.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse client configuration`: what to copy into an application, for one library or all that suit. */
export function clientConfiguration(parent: Command, runner: Runner): void {
  leaf(parent, 'configuration <client_id>', 'list the libraries that suit a client, or print what to copy for one')
    .option('--library <id>', 'print the configuration of this library alone')
    .action(
      runner.action((clientId: string, { library }: { library?: string }) => configuration(runner, clientId, library)),
    );
}

function configuration(runner: Runner, clientId: string, library: string | undefined): Promise<Answer> {
  return runner.inService(async (services) => {
    const client = await clientMeant(services, clientId);
    const all = clientConfigurations(client, services(IssuerSettings).issuer);
    if (library === undefined) {
      const rows = all.configurations.map(({ id, title, language, file }) => [id, title, language, file]);
      const lines = table(['library', 'for', 'language', 'file'], rows);
      return { json: clientConfigurationAnswer(clientId, all), lines };
    }
    const wanted = all.configurations.filter(({ id }) => id === library);
    if (wanted.length === 0) {
      const reason = all.unsuitable.find((one) => one.library === library)?.reason ?? 'is not a library known here';
      throw new CommandFailure(`"${library}" ${reason}.`);
    }
    return {
      json: clientConfigurationAnswer(clientId, { configurations: wanted, unsuitable: [] }),
      lines: wanted.map(({ text }) => text.trimEnd()),
    };
  });
}
