const { default: Sequencer } = require('@jest/test-sequencer');

/** Files of a few lines that load many others: the longest of their kind by far, and the smallest. */
const LOADERS = /\/together\/|\/alone\/states-|\/on-one-/;

/**
 * As jest orders files, by how long they took or, on a machine that has not run them yet, by their size; but what loads others
 * begins first, so that a worker does not end alone with it when all others are done.
 */
module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const loads = ({ path }) => LOADERS.test(path.replaceAll('\\', '/'));
    return [...sorted.filter(loads), ...sorted.filter((test) => !loads(test))];
  }
};
