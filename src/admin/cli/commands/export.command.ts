import type { Command } from 'commander';
import { DeclarationsService } from '../../declarations/declarations.service.js';
import { writeExport } from '../../declarations/write-export.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse export`: writes clients, scopes, APIs, groups, policies and providers as files. */
export function exportDeclarations(parent: Command, runner: Runner): void {
  leaf(
    parent,
    'export',
    'write clients, scopes, APIs, groups, policies and identity providers as YAML, without secrets',
  )
    .option('-o, --output <folder>', 'a file for each record in this folder; without it all on standard output')
    .action(runner.action((options: { readonly output?: string }) => write(runner, options)));
}

function write(runner: Runner, { output }: { readonly output?: string }): Promise<Answer> {
  return runner.inService(async (services) => {
    const declarations = services(DeclarationsService);
    const files = await declarations.export();
    if (output === undefined) {
      const contents = Object.fromEntries(files.map(({ file, text }) => [file, text]));
      return { json: { files: contents }, lines: files.map(({ file, text }) => `---\n# ${file}\n${text.trimEnd()}`) };
    }
    const { removed } = await writeExport(output, files, declarations.folders);
    return {
      json: { folder: output, files: files.map(({ file }) => file), removed },
      lines: [...removed.map((file) => `${file} was removed.`), `${files.length} files were written to ${output}.`],
    };
  });
}
