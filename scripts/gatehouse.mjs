// npm run gatehouse -- <command>: builds when needed, then is the command line.
import './build-if-needed.cjs';

await import('../bin/gatehouse.js');
