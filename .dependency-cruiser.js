import { MAY_IMPORT, SHARED_IN_PROTOCOL } from './architecture.rules.js';

/*
 * A relative import leads to a file of src, an import of another module (`#clients/index.js`) through package.json to
 * its compiled form in dist: both stand for the same place. So build before this check.
 */
const ANY_SRC = '^(?:dist/)?src/';
const folder = (name) => `${ANY_SRC}${name}/`;
const COMPOSITION = `${ANY_SRC}(main|serve|supervise|app\\.module|app\\.setup|schema|load-extensions|extension)\\.[jt]s$`;

const modules = Object.keys(MAY_IMPORT);

const tiers = modules.map((name) => ({
  name: `${name.replace('/', '-')}-imports`,
  comment: `${name} may import only what the table of docs/architecture.md allows`,
  severity: 'error',
  from: { path: folder(name) },
  to: { path: ANY_SRC, pathNot: [COMPOSITION, folder(name), folder('standards'), ...MAY_IMPORT[name].map(folder)] },
}));

const surfaces = modules
  .filter((name) => name !== 'standards')
  .map((name) => ({
    name: `${name.replace('/', '-')}-surface`,
    comment: `outside ${name}, only its index.ts may be imported`,
    severity: 'error',
    from: { path: ANY_SRC, pathNot: [folder(name)] },
    to: { path: folder(name), pathNot: [`${folder(name)}index\\.[jt]s$`] },
  }));

const ownEndpoint = `${ANY_SRC}protocol/(?!(?:${SHARED_IN_PROTOCOL.join('|')})/)([^/]+)/`;

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: 'node_modules' }, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: { path: ANY_SRC }, to: { couldNotResolve: true } },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: ANY_SRC }, to: { path: '^test/' } },
    {
      name: 'nothing-imports-the-composition',
      comment: 'app.module, app.setup, schema and main compose; a module never imports them',
      severity: 'error',
      from: { path: `${ANY_SRC}.+/`, pathNot: folder('admin/cli') },
      to: { path: COMPOSITION },
    },
    {
      name: 'endpoints-do-not-import-one-another',
      severity: 'error',
      from: { path: ownEndpoint },
      to: {
        path: `${ANY_SRC}protocol/[^/]+/`,
        pathNot: [`${ANY_SRC}protocol/$1/`, `${ANY_SRC}protocol/(${SHARED_IN_PROTOCOL.join('|')})/`],
      },
    },
    ...tiers,
    ...surfaces,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec(-support)?\\.tsx?$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
