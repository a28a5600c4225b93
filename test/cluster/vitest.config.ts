import { defineConfig } from 'vitest/config';
import whole from '../../vitest.config.js';

/** The tests on a cluster of database servers are a command of their own: no other run starts three servers. */
export default defineConfig({
  ...whole,
  test: {
    include: ['test/cluster/*.spec.ts'],
    globals: true,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 150_000,
    teardownTimeout: 10_000,
    // What comes after a failure would only say the same again.
    bail: 1,
    reporters: [['verbose', { summary: false }], './test/plain-line.mjs'],
  },
});
