#!/usr/bin/env node
import '../dist/src/admin/cli/main.js';
