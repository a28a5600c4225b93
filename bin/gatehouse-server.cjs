#!/usr/bin/env node
'use strict';

// CommonJS on purpose: reading an ES module already starts the thread pool, and then its size is settled.
const { availableParallelism } = require('node:os');
const { setFlagsFromString } = require('node:v8');

// Password hashes and RSA signatures run there, beside file and name look-ups that must not wait for them.
process.env.UV_THREADPOOL_SIZE ??= String(availableParallelism() + 4);

// Nearly all that a start makes stays, which V8 takes for a reason to double the space of new objects again and again, and it
// never gives that back: 30 MB of an idle process. The service lets it grow when it is ready.
setFlagsFromString('--semi-space-growth-factor=1');

import('../dist/run/main.js').catch((error) => {
  console.error(error);
  process.exit(1);
});
