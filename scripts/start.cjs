'use strict';

// npm start: builds when the build is missing or older than the source, then becomes the service process itself,
// so that signals reach it.
require('./build-if-needed.cjs');
require('../bin/gatehouse-server.cjs');
