import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../../support/served-process.js';

/** The release before this one, built in a folder of its own. */
export interface FormerRelease {
  /** Its tag or commit. */
  readonly name: string;
  readonly root: string;
  readonly remove: () => void;
}

/** Takes the former release out of the history and builds it. */
export function buildFormerRelease(): FormerRelease {
  const name = formerRelease();
  const root = join(mkdtempSync(join(tmpdir(), 'gatehouse-former-')), 'gatehouse');
  git('worktree', 'add', '--quiet', '--detach', root, name);
  const remove = (): void => {
    // The packages are a link, which git would follow no more than it may.
    rmSync(join(root, '..'), { recursive: true, force: true });
    git('worktree', 'prune');
  };
  try {
    install(root);
    run(root, 'npm', 'run', 'build');
  } catch (error) {
    remove();
    throw error;
  }
  return { name, root, remove };
}

/** The newest tag `v…` before this commit; until there is one, the commit before the newest migration. */
function formerRelease(): string {
  const described = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^'], { cwd: PROJECT });
  if (described.status === 0) return described.stdout.toString().trim();
  const added = git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'src/migrations/');
  if (added === '') throw new Error('the history has no migration: clone all of it');
  return git('rev-parse', `${added}^`);
}

/** The packages of this release where they are the same, else those that it was locked with. */
function install(root: string): void {
  if (namedPackages(root).every(([name, version]) => installedVersion(name) === version)) {
    symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
  } else {
    run(root, 'npm', 'ci', '--no-audit', '--no-fund');
  }
}

function namedPackages(root: string): [string, string][] {
  const read = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  return Object.entries({ ...read['dependencies'], ...read['devDependencies'] });
}

function installedVersion(name: string): string | undefined {
  const file = join(PROJECT, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function run(root: string, command: string, ...words: string[]): void {
  const { status } = spawnSync(command, words, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${[command, ...words].join(' ')} failed in the former release`);
}

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: PROJECT, encoding: 'utf8' }).trim();
}
