import tseslint from 'typescript-eslint';

const fence = (name, message) => ({ name, message });
const ban = (object, property, message) => ({ object, property, message });

/** npm packages that only one corner of the source may use (docs/architecture.md, "fences"). */
const FENCES = [
  { packages: ['jose', '@nestjs/jwt'], home: ['src/keys/**'] },
  { packages: ['passport', 'passport-oauth2'], home: ['src/federation/**'] },
  { packages: ['node:crypto', 'crypto'], home: ['src/platform/crypto/**', 'src/keys/**'] },
  { packages: ['preact', 'preact-render-to-string', 'preact/jsx-runtime'], home: ['src/views/**'] },
  {
    packages: ['@simplewebauthn/server', '@simplewebauthn/server/helpers'],
    home: ['src/authentication/passkey/**'],
  },
  {
    packages: ['typeorm'],
    home: ['src/**/*.entity.ts', 'src/**/*.repository.ts', 'src/platform/database/**', 'src/migrations/**'],
  },
];

const fencedPaths = (fences) =>
  fences.flatMap(({ packages, home }) => packages.map((name) => fence(name, `only in ${home.join(', ')}`)));

const restrictedImports = (fences) => [
  'error',
  {
    paths: [
      ...fencedPaths(fences).map((path) => (path.name === 'typeorm' ? { ...path, allowTypeImports: true } : path)),
      { name: '@nestjs/common', importNames: ['forwardRef'], message: 'a cycle is a design fault' },
    ],
  },
];

const restrictedProperties = [
  'error',
  ban('Date', 'now', 'inject Clock'),
  ban('Math', 'random', 'inject Random'),
  ban('process', 'env', 'settings come from platform/config'),
];

const restrictedSyntax = [
  'error',
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'inject Clock' },
  {
    selector: "CallExpression[callee.property.name='save'][callee.object.property.name=/^(rows|repository|manager)$/]",
    message: 'save() hides a look-up and a transaction: use insert, update, delete',
  },
  { selector: 'ExportDefaultDeclaration', message: 'export by name' },
  {
    selector:
      "Program:has(ImportSpecifier[imported.name='Transactions']):has(ImportSpecifier[imported.name='OutboundHttp'])",
    message: 'nothing waits for the network inside a transaction: ask in another file',
  },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'data', 'bench/node_modules', 'coverage', 'test/dist/generated-client'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-extraneous-class': 'off', // Nest modules are classes without members
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'max-params': ['error', 6],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/**/*.spec.ts', 'src/**/*.spec.tsx', 'src/**/*.spec-support.ts'],
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': restrictedImports(FENCES),
      'no-restricted-properties': restrictedProperties,
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'only in platform' },
        { name: 'setInterval', message: 'only in platform' },
        { name: 'fetch', message: 'only in platform' },
      ],
      'no-restricted-syntax': restrictedSyntax,
    },
  },
  {
    files: ['src/platform/**/*.ts'],
    ignores: ['src/platform/**/*.spec.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-properties': ['error', ban('process', 'env', 'settings come from platform/config')],
      'no-restricted-syntax': restrictedSyntax.filter((rule) => rule.message !== 'inject Clock'),
    },
  },
  {
    files: ['src/platform/config/**/*.ts', 'src/main.ts', 'src/admin/cli/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  ...FENCES.flatMap(({ home }, index) => ({
    files: home,
    ignores: ['**/*.js'], // what browsers run imports nothing
    rules: {
      '@typescript-eslint/no-restricted-imports': restrictedImports(
        FENCES.filter((other, at) => at !== index && !other.home.some((glob) => home.includes(glob))),
      ),
    },
  })),
  { files: ['src/views/**/*.tsx'], rules: { 'max-lines-per-function': ['error', 70] } },
  { files: ['src/migrations/**/*.ts'], rules: { 'max-lines-per-function': ['error', 80] } },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts', 'vitest.config.ts', 'ormconfig.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // marked as deprecated by its authors only to stand out; tests talk http to localhost
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'allowInsecureRequests', package: 'openid-client' }] },
      ],
    },
  },
);
