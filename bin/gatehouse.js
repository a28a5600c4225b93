#!/usr/bin/env node
import '../dist/run/command-line.js';
