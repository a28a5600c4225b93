// Joins the compiled modules and the packages that they import into few files under dist/run/, which is what starts: looking up,
// opening and linking three thousand modules one by one is half of a start and a tenth of an idle process.
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist/run`;

/** What an extension shares with the service, what is native, what reads files beside itself, and the kit that few trace with. */
const OUTSIDE = [
  ...['@nestjs/common', 'reflect-metadata'],
  ...['@node-rs', '@photostructure'],
  ...['pino', 'pino-pretty'],
  ...['core', 'exporter-trace-otlp-proto', 'resources', 'sdk-trace-node'].map((name) => `@opentelemetry/${name}`),
];

/** What packages would use if it were installed, and ask for when it is needed; the service needs none of it. */
const NEVER = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
];

const outside = new RegExp(`^(${[...OUTSIDE, ...NEVER].join('|')})(/|$)`);

/** What stands beside a module, such as a style sheet, is still found from where the module was. */
const ownPlaces = {
  name: 'own-places',
  transform(code, id) {
    if (id.startsWith('\0') || !code.includes('import.meta.url')) return undefined;
    const place = `new URL(${JSON.stringify(relative(folder, id))}, import.meta.url).href`;
    return { code: code.replaceAll('import.meta.url', place), map: null };
  },
};

const bundle = await rolldown({
  cwd: root,
  platform: 'node',
  input: {
    main: 'dist/src/main.js',
    'command-line': 'dist/src/admin/cli/main.js',
    extension: 'dist/src/extension.js',
  },
  external: (id) => outside.test(id),
  // Modules of the standard let what nobody imports be left out, where a package has both.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [ownPlaces],
  onLog(_level, { message }) {
    throw new Error(message);
  },
});
rmSync(folder, { recursive: true, force: true });
await bundle.write({
  dir: folder,
  format: 'esm',
  // Entities and events are known by the names of their classes.
  keepNames: true,
  // Lines stay, so that a stack trace says where; comments and what can never run do not.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
  comments: false,
});
