#!/usr/bin/env node
'use strict';

// CommonJS on purpose: reading an ES module already starts the thread pool, and then its size is settled.
const { availableParallelism } = require('node:os');

// Password hashes and RSA signatures run there, beside file and name look-ups that must not wait for them.
process.env.UV_THREADPOOL_SIZE ??= String(availableParallelism() + 4);

import('../dist/src/main.js').catch((error) => {
  console.error(error);
  process.exit(1);
});
