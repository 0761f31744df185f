// Started by embedded-postgres.int.spec.ts as a process of its own; plain Node cannot load TypeScript, so it brings SWC.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const { startEmbeddedPostgres } = require('./index.ts');

startEmbeddedPostgres({ dataDir: process.argv[2] }).then(({ adminUrl, pid }) => process.send({ adminUrl, pid }));
process.on('message', () => undefined);
