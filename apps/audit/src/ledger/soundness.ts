import { LedgerError, Prover, TiledTree } from '@concordat/ledger';
import { newestCheckpoint, tileReader, type LogState, type Query } from '../log.repository';

/** The log is not as it was left: restored from an older copy, or changed by somebody. */
export class Unsound extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Unsound';
  }
}

/**
 * soundTree rebuilds the tree from its tiles and holds it against the log state and the last signed checkpoint
 * (design/ledger.md §4, 6). Reads O(log n) tiles. @throws Unsound; whatever the database rejects with.
 */
export async function soundTree(query: Query, state: LogState): Promise<TiledTree> {
  const read = tileReader(query);
  try {
    const tree = await TiledTree.load(state.size, read);
    if (!tree.root().equals(state.root)) throw new Unsound('the tiles do not have the root of the log state');
    const signed = await newestCheckpoint(query);
    if (signed === undefined) return tree;
    if (signed.size > state.size) throw new Unsound('the log is smaller than what was signed');
    const root = await new Prover(read).root(signed.size);
    if (!root.equals(signed.root)) throw new Unsound('the log does not begin with what was signed');
    return tree;
  } catch (error) {
    if (error instanceof LedgerError) throw new Unsound('a tile is not whole');
    throw error;
  }
}
