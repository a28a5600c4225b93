import 'reflect-metadata';
import { runCommandLine } from './program.js';

const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
process.exitCode = await runCommandLine(process.argv.slice(2), process.env, streams);
