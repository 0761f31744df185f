/**
 * One project per kind of test, so that each can be run alone:
 *   npx jest --selectProjects unit|int|scenarios|architecture
 * A *.spec.ts does no I/O; a *.int.spec.ts has a real PostgreSQL, started by globalSetup.
 */
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  swcrc: false,
};
// ESM-only packages that jest must transform because its own module system is CommonJS.
const esm = [
  'oidc-provider',
  'openid-client',
  'oauth4webapi',
  'jose',
  'koa',
  'nanoid',
  'quick-lru',
  'raw-body',
  'eta',
  '@koa/router',
  '@koa/cors',
  'date-holidays',
  'date-holidays-parser',
  'pdfjs-dist',
];
/**
 * Tests run in a context of their own, in which to look up a global takes a hundred times as long as a variable: what code
 * asks for most is handed to each module. Not what a test puts another in the place of (clocks, timers, fetch), nor what
 * packages declare anew for themselves, such as Buffer.
 */
const sandboxInjectedGlobals = [
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'RegExp', 'Error', 'TypeError', 'Promise'],
  ...['Map', 'Set', 'WeakMap', 'JSON', 'Math', 'Reflect', 'Uint8Array'],
];
const base = {
  // One for all, so that they find each other's transformed files.
  id: 'concordat',
  rootDir: __dirname,
  testEnvironment: 'node',
  sandboxInjectedGlobals,
  transform: { '^.+\\.(t|j|mj)s$': ['<rootDir>/tools/test/transform.cjs', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
  moduleNameMapper: {
    // Lazily imported files of ours carry the extension that Node wants; here they are still TypeScript.
    '^(\\.{1,2}/(?:transports|jobs)/.*)\\.js$': '$1',
    '^@concordat/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@concordat-app/([a-z-]+)$': '<rootDir>/apps/$1/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data', '<rootDir>/.cache'],
  setupFiles: ['reflect-metadata'],
};
const withDatabase = {
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.ts',
};
// jest ignores testTimeout in a project's configuration.
const patience = (testPatienceMs) => ({
  globals: { testPatienceMs },
  setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/patience.ts'],
});
/** A whole run loads the code once for many suites that need a database; asked for by its file, each runs by itself. */
const together = process.env.CONCORDAT_TEST_TOGETHER === 'yes';
const alone = require('./tests/together/alone.json').map((file) => `<rootDir>/${file}`);
module.exports = {
  testSequencer: '<rootDir>/tools/test/sequencer.cjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools,tests/clocks,tests/faults,tests/bench}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '/apps/web/.*page\\.spec\\.ts$'],
      // They share the processors with what runs beside them.
      ...patience(60_000),
    },
    {
      ...base,
      ...withDatabase,
      displayName: 'int',
      testMatch: [
        '<rootDir>/{libs,tools,tests/faults,tests/bench}/**/*.int.spec.ts',
        ...(together ? ['<rootDir>/tests/together/*.int.spec.ts', ...alone] : ['<rootDir>/apps/**/*.int.spec.ts']),
      ],
      ...patience(60_000),
    },
    {
      ...base,
      ...withDatabase,
      displayName: 'scenarios',
      testMatch: ['<rootDir>/tests/scenarios/**/*.spec.ts'],
      // What is about the one process alone has nothing to say of services.
      testPathIgnorePatterns: process.env.CONCORDAT_TEST_MODE === 'services' ? ['\\.embedded\\.spec\\.ts$'] : [],
      ...patience(180_000),
    },
    {
      ...base,
      ...withDatabase,
      displayName: 'web',
      // Journeys one by one, or, in a whole run, one after another on a platform that they share.
      testMatch: [
        `<rootDir>/tests/web/${together ? 'together/' : ''}*.spec.ts`,
        '<rootDir>/tests/web/alone/*.spec.ts',
        '<rootDir>/apps/web/**/page.spec.ts',
      ],
      ...patience(120_000),
    },
    {
      ...base,
      displayName: 'architecture',
      testMatch: ['<rootDir>/tests/architecture/**/*.spec.ts'],
      ...patience(120_000),
    },
  ],
};
