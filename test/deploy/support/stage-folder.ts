import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PROJECT } from '../../support/served-process.js';
import type { Instruction, Stage } from './dockerfile.js';

/** Folders of an image that instructions name by their absolute path; here each is below the folder of its stage. */
const PLACES = /(?<=^|\s)\/(?=build\b|opt\b|data\b)/g;

/** An empty folder in which the instructions of a stage are carried out, as an image would be made from them. */
export class StageFolder {
  #directory = '/';

  constructor(
    private readonly root: string,
    private readonly earlier: ReadonlyMap<string, StageFolder>,
  ) {}

  /** Where something of the image is on this machine. */
  place(path: string): string {
    return join(this.root, path.startsWith('/') ? path : join(this.#directory, path));
  }

  /** Carries out every instruction that changes files; a command that fails throws. */
  make({ instructions }: Stage): void {
    for (const instruction of instructions) this.#carryOut(instruction);
  }

  #carryOut({ name, words }: Instruction): void {
    if (name === 'WORKDIR') {
      this.#directory = words;
      mkdirSync(this.place('.'), { recursive: true });
    } else if (name === 'RUN') {
      this.#run(words.replace(PLACES, `${this.root}/`));
    } else if (name === 'COPY') {
      this.#copy(words);
    }
  }

  #run(command: string): void {
    const { status, stderr } = spawnSync('sh', ['-ec', command], { cwd: this.place('.'), encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr.slice(-2000)}`);
  }

  #copy(words: string): void {
    const [, stage, rest = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(words) ?? [];
    const names = rest.split(' ');
    const to = this.place(names.pop() ?? '');
    for (const from of names) {
      const source = stage === undefined ? join(PROJECT, from) : this.earlier.get(stage)?.place(from);
      if (source === undefined) throw new Error(`no stage ${String(stage)}`);
      if (from === '.') copyContext(to);
      else
        cpSync(source, rest.endsWith('/') ? join(to, basename(from)) : to, { recursive: true, verbatimSymlinks: true });
    }
  }
}

/** What a fresh clone has, as far as it is there: the same that .dockerignore lets into a build. */
function copyContext(to: string): void {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of tracked.split('\n').filter((name) => name !== '' && existsSync(join(PROJECT, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(PROJECT, file), join(to, file));
  }
}
