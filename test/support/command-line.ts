import { spawn, spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../src/admin/cli/program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a command left behind. */
export class CommandResult {
  constructor(
    readonly code: number | null,
    readonly out: string,
    readonly errors: string,
  ) {}

  /** The answer of `--json`. */
  json(): Record<string, unknown> {
    return JSON.parse(this.out) as Record<string, unknown>;
  }
}

/** The command line of a deployment, with its variables and nothing else of this machine's. */
export class CommandLine {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly start: typeof inThisProcess = inThisProcess,
  ) {}

  /** Builds what processes run, unless it is there. */
  static build(): void {
    const { status } = spawnSync(process.execPath, ['scripts/build-if-needed.cjs'], { cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) throw new Error('the service cannot be built');
  }

  /** The built command line, each command a process of its own; the others run here, which takes a tenth of the time. */
  get built(): CommandLine {
    return new CommandLine(this.env, inItsOwnProcess);
  }

  /** The same command line with other variables. */
  with(env: NodeJS.ProcessEnv): CommandLine {
    return new CommandLine({ ...this.env, ...env }, this.start);
  }

  run(words: string, input = ''): Promise<CommandResult> {
    return this.start(words.split(' '), this.env, input);
  }

  /** Runs a command that must succeed in silence, and reads its answer. */
  async answer(words: string, input = ''): Promise<Record<string, unknown>> {
    const result = await this.run(`${words} --json`, input);
    if (result.code !== 0 || result.errors !== '') {
      throw new Error(`gatehouse ${words} ended with ${result.code}: ${result.errors}${result.out}`);
    }
    return result.json();
  }
}

class Collected {
  text = '';

  write(text: string): void {
    this.text += text;
  }
}

async function inThisProcess(words: readonly string[], env: NodeJS.ProcessEnv, given: string): Promise<CommandResult> {
  const [output, errors] = [new Collected(), new Collected()];
  const code = await runCommandLine(words, env, { input: Readable.from([given]), output, errors });
  return new CommandResult(code, output.text, errors.text);
}

async function inItsOwnProcess(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  given: string,
): Promise<CommandResult> {
  const [output, errors] = [new Collected(), new Collected()];
  const child = spawn(process.execPath, ['bin/gatehouse.js', ...words], { cwd: ROOT, env });
  child.stdout.on('data', (chunk: Buffer) => {
    output.write(chunk.toString());
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors.write(chunk.toString());
  });
  child.stdin.end(given);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return new CommandResult(code, output.text, errors.text);
}
