import { fileURLToPath } from 'node:url';
import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files that take a minute or more; begun last, they would leave the other worker without work. */
const LONG = /\/test\/(deploy|dist|operation)\//;

/** One project after the other: a worker that goes from one to another loads the whole service again. */
class ProjectAfterProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort(
      (one, other) =>
        one.project.name.localeCompare(other.project.name) ||
        Number(LONG.test(other.moduleId)) - Number(LONG.test(one.moduleId)),
    );
  }
}

/** Tests that share what they have loaded; what belongs to the service is loaded once by each worker. */
const project = (name: string, include: string[]) => ({ extends: true as const, test: { name, include } });

const src = fileURLToPath(new URL('./src/', import.meta.url));

export default defineConfig({
  plugins: [swc.vite()],
  oxc: false,
  resolve: { alias: [{ find: /^#(.*)\.js$/, replacement: `${src}$1` }] },
  test: {
    globals: true,
    globalSetup: './test/database-servers.ts',
    isolate: false,
    // What SWC made of a file is kept in node_modules; `npx vitest --clearCache` forgets it, as after changes of tsconfig.json.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: ProjectAfterProject },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/plain-line.mjs'],
    projects: [
      project('unit', ['src/**/*.spec.ts', 'src/**/*.spec.tsx', 'test/architecture/**/*.spec.ts']),
      project('service', ['test/{database,e2e,interop,conformance}/**/*.spec.ts']),
      project('system', ['test/{browser,dist,python,deploy,operation}/**/*.spec.ts']),
      project('upgrade', ['test/upgrade/**/*.spec.ts']),
    ],
  },
});
