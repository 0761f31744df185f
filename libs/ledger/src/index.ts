// Tree and tiles (the writer)
export { emptyRoot, Frontier, hashLeaf, hashNode } from './tree';
export { TiledTree } from './tiled-tree';
export {
  changedTiles,
  decodeBundle,
  encodeBundle,
  entriesPath,
  MAX_ENTRY_BYTES,
  parseTilePath,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from './tile';
export type { Tile, TileData, TileReader } from './tile';

// Proofs
export { Prover, verifyConsistency, verifyInclusion } from './proof';
export { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof';
export type { TlogProof, VerifiedProof } from './tlog-proof';

// Keys, notes, checkpoints, trust
export { formatVkey, logSigner, parseVkey, verifierKey, witnessSigner } from './keys';
export type { NoteSigner, VerifierKey } from './keys';
export { cosignNote, openNote, signNote } from './note';
export type { OpenedNote, VerifiedSignature } from './note';
export { formatCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint';
export type { Checkpoint } from './checkpoint';
export { meetsQuorum, openCheckpoint, parsePolicy } from './policy';
export type { Policy, PolicyLog, PolicyWitness, TrustedCheckpoint } from './policy';
export { formatAsking, judge, parseAsking, witnessedPath } from './witness';
export type { Asking, Judgement, Witnessed } from './witness';

// Leaves
export { buildEntry, commitDetail, parseEntry } from './entry';
export { LEAF_OPS } from './leaf';
export { isCode } from './leaf-fields';
export type { BasisValue, Leaf, LeafOp } from './leaf';
export { canonicalJson, parseCanonical } from './canonical';
export type { JsonValue } from './canonical';
export { LedgerError } from './errors';
export type { LedgerErrorCode } from './errors';
