import { DeclarationError, DeclarationsService } from '#admin/index.js';
import type { DeclaredTree } from './declared-tree.js';
import type { TestService } from './start-service.js';

/** How trees are read and with which variables. */
export interface SideChoices {
  readonly folderOf: (tree: DeclaredTree, folders?: readonly string[]) => string;
  readonly folders?: readonly string[];
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** The declarations of one service, as the command line uses them. */
export class DeclaredSide {
  constructor(
    private readonly service: Pick<TestService, 'app'>,
    private readonly choices: SideChoices,
  ) {}

  async plan(tree: DeclaredTree, prune = false) {
    return this.declarations.plan(await this.read(tree, prune));
  }

  async apply(tree: DeclaredTree, prune = false, digest?: string) {
    return this.declarations.apply(await this.read(tree, prune), digest);
  }

  /** What would change, as `create groups/sales`. */
  async acts(tree: DeclaredTree, prune = false): Promise<string[]> {
    const { changes } = await this.plan(tree, prune);
    return changes.map(({ act, kind, name }) => `${act} ${kind.folder}/${name}`);
  }

  async export(): Promise<DeclaredTree> {
    return Object.fromEntries((await this.declarations.export()).map(({ file, text }) => [file, text]));
  }

  /** What is wrong with a tree, or with a folder that is there, as `clients/a.yaml:3 #/scope`. */
  async faults(tree: DeclaredTree | string): Promise<string[]> {
    try {
      await this.declarations.apply(await this.read(tree, false));
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      return error.problems.map(({ file, line, pointer, detail }) => `${file}:${line ?? 1} ${pointer} ${detail}`);
    }
    return [];
  }

  private get declarations(): DeclarationsService {
    return this.service.app.get(DeclarationsService, { strict: false });
  }

  private read(tree: DeclaredTree | string, prune: boolean) {
    const { folderOf, folders, variables = {} } = this.choices;
    const folder = typeof tree === 'string' ? tree : folderOf(tree, folders);
    return this.declarations.read({ folder, variables }, { prune });
  }
}
