import { fileURLToPath } from 'node:url';
import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));

export default defineConfig({
  plugins: [swc.vite()],
  oxc: false,
  resolve: { alias: [{ find: /^#(.*)\.js$/, replacement: `${src}$1` }] },
  test: {
    globals: true,
    globalSetup: './test/database-servers.ts',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/plain-line.mjs'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.spec.ts', 'src/**/*.spec.tsx'] } },
      ...[
        'database',
        'e2e',
        'interop',
        'conformance',
        'architecture',
        'browser',
        'dist',
        'python',
        'deploy',
        'cluster',
      ].map((name) => ({
        extends: true as const,
        test: { name, include: [`test/${name}/**/*.spec.ts`] },
      })),
    ],
  },
});
