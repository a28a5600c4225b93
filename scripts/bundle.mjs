// Joins the compiled modules into few files under dist/run/, which is what starts: looking up and linking 1,400 modules one by
// one is a third of a start and 12 MB of an idle process. Packages stay outside, so that an extension shares them.
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist/run`;

/** What stands beside a module, such as a style sheet, is still found from where the module was. */
const ownPlaces = {
  name: 'own-places',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return undefined;
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
  external: (id) => !/^[./#]/.test(id),
  plugins: [ownPlaces],
  onLog(_level, { message }) {
    throw new Error(message);
  },
});
rmSync(folder, { recursive: true, force: true });
// Entities and events are known by the names of their classes.
await bundle.write({ dir: folder, format: 'esm', keepNames: true });
