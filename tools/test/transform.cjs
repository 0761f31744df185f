const swc = require('@swc/jest');

/**
 * What @swc/jest makes of a file depends on that file and on swc's own options, and on nothing else in the configuration of
 * a project. Without the rest of it in the key, all kinds of test share what one of them has transformed.
 */
module.exports = {
  createTransformer(options) {
    const transformer = swc.createTransformer(options);
    return {
      ...transformer,
      getCacheKey: (source, file, given) => transformer.getCacheKey(source, file, { ...given, configString: '' }),
    };
  },
};
