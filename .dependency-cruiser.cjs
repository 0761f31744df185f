/** The house's boundaries (docs/architecture.md). Each rule says why it is there; a breach is an error. */
const libsOnly = (lib, allowed) => ({
  name: `${lib}-stands-on`,
  comment: `libs/${lib} imports only ${allowed.length ? allowed.map((a) => `libs/${a}`).join(', ') : 'nothing of ours'}: few deep libraries, one direction.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: '\\.(spec|testing)\\.ts$|\\.contract\\.ts$' },
  to: { path: '^(libs|apps|tools|tests)/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
});
const only = (name, what, where, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(apps|libs)/', pathNot: [...where, '\\.spec\\.ts$', '^libs/testing/'] },
  to: { path: what },
});

module.exports = {
  forbidden: [
    libsOnly('contracts', []),
    libsOnly('clocks', []),
    libsOnly('ledger', []),
    libsOnly('matching', []),
    libsOnly('figures', ['clocks']),
    libsOnly('sharing', ['clocks', 'ledger']),
    libsOnly('packs', ['contracts', 'clocks', 'matching', 'sharing']),
    libsOnly('platform', ['contracts']),
    libsOnly('messaging', ['platform', 'contracts']),
    libsOnly('access', ['messaging', 'platform', 'contracts']),
    {
      name: 'no-cycles',
      comment: 'A cycle has no bottom to start reading from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'A context speaks to another by HTTP or events, never by import.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/all-in-one/|\\.spec\\.ts$' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'all-in-one-uses-front-doors',
      comment: 'The one process knows apps by their index only.',
      severity: 'error',
      from: { path: '^apps/all-in-one/' },
      to: { path: '^apps/(?!all-in-one/)[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'web-stands-apart',
      comment: 'The front end has no database and no events of its own.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(messaging|access|ledger)/|node_modules/(typeorm|pg)/' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'libs/testing may import anything, so nothing that ships may import it.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.(spec|testing)\\.ts$|^libs/testing/|\\.contract\\.ts$' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'libs-by-their-front',
      comment: 'A library is entered by its index.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/([^/]+)/', pathNot: '\\.spec\\.ts$|\\.contract\\.ts$|^libs/testing/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$2/' },
    },
    {
      name: 'verifier-shares-nothing',
      comment: 'A verifier that shares code with the writer shares its faults.',
      severity: 'error',
      from: { path: '^tools/verify-ledger/', pathNot: '\\.(spec|testing)\\.ts$' },
      to: { path: '^(libs|apps)/' },
    },
    only(
      'typeorm-where-it-belongs',
      'node_modules/typeorm/',
      [
        '\\.entity\\.ts$',
        '\\.repository\\.ts$',
        '/migrations/',
        '^libs/platform/src/(database|context)\\.ts$',
        '^libs/messaging/',
      ],
      'The database is reached through the waist.',
    ),
    only(
      'kafkajs-in-one-file',
      'node_modules/kafkajs/',
      ['^libs/messaging/src/transports/kafka\\.ts$'],
      'It seeks maintainers: one file to replace (C15).',
    ),
    only(
      'bull-in-one-file',
      'node_modules/bull/',
      ['^libs/messaging/src/jobs/bull\\.ts$'],
      'It is in maintenance mode: kept thin.',
    ),
    {
      name: 'controllers-call-services',
      comment: 'Controllers, handlers and jobs import services and contracts, never repositories or entities.',
      severity: 'error',
      from: { path: '\\.(controller|handlers)\\.ts$' },
      to: { path: '\\.(repository|entity)\\.ts$' },
    },
  ],
  options: {
    // By what is in the files: the boundaries and the graph in docs/generated are two questions about one cruise.
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist|^data|\\.d\\.ts$' },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
