import { fileRows, type FileTables } from '@concordat/messaging';

/** Where packs are kept: each its asker's own. */
export const PACKS: FileTables = {
  ...{ context: 'insight', work: 'quarterly_pack', about: 'period' },
  ...{ file: 'pack_file', key: 'pack_id', noun: 'quarterly-pack' },
};
export const packRows = fileRows(PACKS);
