import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryDeclarations } from '../support/arbitrary-declarations.js';
import { databaseKind } from '../support/databases.js';
import { DeclaredSide } from '../support/declared-side.js';
import { DECLARED_FOLDERS, declaredFolders, type DeclaredTree } from '../support/declared-tree.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';

const variables = { A_SECRET: 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu' };
const CHOICES = { folderOf: declaredFolders(), folders: DECLARED_FOLDERS, variables };

/** A tree with the secrets that it keeps named, as whoever takes it to another database must name them. */
function withReferences(tree: DeclaredTree): DeclaredTree {
  const named = Object.entries(tree).map(([file, text]) => [
    file,
    text.replaceAll('_from: kept', '_from: env:A_SECRET'),
  ]);
  return Object.fromEntries(named) as DeclaredTree;
}

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))(
  'whatever is declared [%s]',
  (_, database) => {
    let services: TestService[] = [];

    beforeAll(async () => {
      services = [await startService({ database }), await startService({ database })];
    });

    afterAll(async () => {
      for (const service of services) await service.close();
    });

    it('is there once it was applied; its export changes nothing here, and makes the same elsewhere to the byte', async () => {
      const [here, there] = services.map((service) => new DeclaredSide(service, CHOICES));
      if (here === undefined || there === undefined) throw new Error('there are no two services');
      await fc.assert(
        fc.asyncProperty(arbitraryDeclarations, async (tree) => {
          await here.apply({ 'settings.yaml': '{}' }, true);
          await there.apply({ 'settings.yaml': '{}' }, true);
          await here.apply(tree, true);
          expect((await here.plan(tree, true)).changes).toEqual([]);
          const exported = await here.export();
          expect((await here.plan(exported, true)).changes).toEqual([]);
          expect((await here.apply(exported, true)).changes).toEqual([]);
          expect(await here.export()).toEqual(exported);
          await there.apply(withReferences(exported), true);
          expect(await there.export()).toEqual(exported);
        }),
        { numRuns: 20, endOnFailure: false },
      );
    }, 240_000);
  },
);
