import { TracingEnvironment } from './tracing-environment.dto.js';
import { read, Readable, type Reading, unreadable, variablesOf } from './environment-variable.decorator.js';
import { fileProblem } from './files.js';
import { elements } from './readers.js';

const Extending = variablesOf('Extensions');

/** The files of extensions. */
export function readExtensions(text: string): Reading<string[]> {
  const files = elements(text);
  for (const file of files) {
    const problem = fileProblem(file);
    if (problem !== undefined) return unreadable(`${problem}: "${file}"`);
  }
  return read(files);
}

/** The environment of the service, and the code of others that runs within it. */
export class ExtensionEnvironment extends TracingEnvironment {
  @Extending(
    'JavaScript modules that are loaded at start and run with every right of the service; each exports `extension`, a Nest module.',
    'a comma-separated list of paths of files',
    { example: '/etc/gatehouse/extensions/greeting.js' },
  )
  @Readable(readExtensions)
  EXTENSIONS?: string;
}
