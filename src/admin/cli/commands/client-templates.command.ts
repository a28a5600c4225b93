import type { Command } from 'commander';
import { ClientTemplates } from '../../rest/client-templates.service.js';
import { clientTemplateAnswer } from '../../rest/dto/client-template.dto.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse client templates`: what `client create --template` takes, and what each is for. */
export function clientTemplates(parent: Command, runner: Runner): void {
  leaf(parent, 'templates', 'list what client create --template takes').action(runner.action(() => list(runner)));
}

function list(runner: Runner): Promise<Answer> {
  return runner.inService((services) => {
    const { all } = services(ClientTemplates);
    const rows = all.map(({ name, title, members: { grantTypes = [] } }) => [name, title, grantTypes.join(',')]);
    return Promise.resolve({
      json: { items: all.map(clientTemplateAnswer) },
      lines: table(['template', 'for', 'grant types'], rows),
    });
  });
}
