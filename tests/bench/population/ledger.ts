import { contexts, type ActRecorded, type ContextName } from '@concordat/contracts';
import { signCheckpoint, TiledTree, type TileData } from '@concordat/ledger';
import { actStream } from '@concordat/messaging';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from 'pg';
import { ownerOf, realsOf, type Act } from '../../../apps/audit/src/act-leaf';
import type { Details } from '../../../apps/audit/src/details';
import { CheckpointCopies } from '../../../apps/audit/src/ledger/checkpoint-copies';
import { sealActs } from '../../../apps/audit/src/ledger/sealing';
import type { Log } from '../../../apps/audit/src/log';
import type { Copying } from './copy';

/** As often as a busy log signs: once for some hundreds of entries. */
const APART = 256;
const SEALED_AFTER_MS = 300;

/** Takes acts into the ledger in the order in which they are added. */
export interface LedgerWriter {
  /** How many it has taken. */
  readonly entries: bigint;
  /** Seals one act of a producer, as the relay has numbered it. */
  add(context: ContextName, seq: bigint, body: Buffer): void;
  /** Signs what has been added since, when that is enough, or asked for. */
  sign(now?: boolean): Promise<void>;
  /** Writes the tiles that are not full yet, and the state of the log. Returns how many rows it wrote, by table. */
  close(): Promise<ReadonlyMap<string, number>>;
}

/**
 * The ledger's writer over COPY: leaves, commitments, pseudonyms and data keys by the product's own functions, the tree by
 * its own tree, checkpoints under the log's own key. Only where the sequencer asks the database what it knows already, this
 * has it by heart.
 */
export class Ledger implements LedgerWriter {
  private readonly names = new Map<string, string>();
  private readonly keys = new Map<string, Buffer>();
  private readonly last = new Map<ContextName, bigint>();
  private readonly tree = TiledTree.empty();
  private readonly tiles = new Map<string, TileData>();
  private readonly copies: CheckpointCopies;
  private leaves: Buffer[] = [];
  private size = 0n;
  private at = 0;
  private readonly rows;

  constructor(
    private readonly log: Log,
    private readonly details: Details,
    private readonly detailKey: Buffer,
    private readonly copying: Copying,
    private readonly client: Client,
  ) {
    this.copies = new CheckpointCopies(join(log.folder, 'checkpoints'));
    this.rows = {
      entry: copying.into('audit.entry', 'idx, event_id, act_digest, bytes'),
      detail: copying.into('audit.detail', 'idx, owner, sealed'),
      trail: copying.into('audit.trail', 'idx, at, action, outcome'),
      mention: copying.into('audit.mention', 'id, kind, at, idx'),
      pseudonym: copying.into('audit.pseudonym', 'real_id, pseudonym'),
      dataKey: copying.into('audit.data_key', 'owner, wrapped'),
      checkpoint: copying.into('audit.checkpoint', 'size, root, note, signed_at'),
      tile: copying.into('audit.tile', 'level, idx, data'),
    };
  }

  get entries(): bigint {
    return this.size;
  }

  add(context: ContextName, seq: bigint, body: Buffer): void {
    const event = JSON.parse(body.toString()) as {
      id: string;
      type: string;
      time: string;
      correlationid: string;
      data: ActRecorded;
    };
    const act: Act = {
      id: event.id,
      type: event.type,
      source: context,
      streamId: actStream(context),
      version: seq,
      time: new Date(event.time),
      correlationId: event.correlationid,
      data: event.data,
    };
    for (const real of realsOf(act)) if (!this.names.has(real)) this.name(real);
    const owner = ownerOf(act);
    const dataKey = this.keys.get(owner) ?? this.key(owner, owner !== act.id);
    this.at = Math.max(this.at, act.time.getTime());
    const [sealed] = sealActs([act], {
      origin: this.log.origin,
      recordedAt: new Date(this.at + SEALED_AFTER_MS),
      detailKey: this.detailKey,
      details: this.details,
      pseudonym: (real) => this.names.get(real)!,
      dataKey: () => dataKey,
    });
    const { idx, at } = { idx: this.size++, at: act.data.occurredAt };
    this.rows.entry(idx, act.id, sealed!.digest, sealed!.entry);
    this.rows.detail(idx, owner, sealed!.sealed);
    this.rows.trail(idx, at, act.data.action, act.data.outcome);
    for (const [kind, id] of sealed!.mentions) this.rows.mention(id, kind, at, idx);
    this.leaves.push(sealed!.leaf);
    this.last.set(context, seq);
  }

  async sign(now = false): Promise<void> {
    if (this.leaves.length === 0 || (!now && this.leaves.length < APART)) return;
    for (const tile of this.tree.append(this.leaves)) this.keep(tile);
    this.leaves = [];
    const { origin, signer } = this.log;
    const [size, root] = [this.tree.size, this.tree.root()];
    const note = await signCheckpoint({ origin, size, root }, [signer]);
    const signedAt = new Date(this.at + SEALED_AFTER_MS + 700);
    this.rows.checkpoint(size, root, note, signedAt);
    this.copies.append(note, signedAt);
    await this.copying.keepUp();
  }

  async close(): Promise<ReadonlyMap<string, number>> {
    await this.sign(true);
    for (const { level, index, data } of this.tiles.values()) this.rows.tile(level, index, data);
    await this.copying.flush();
    await this.client.query('UPDATE audit.log_state SET size = $1, root = $2, heartbeat_at = $3', [
      this.tree.size,
      this.tree.root(),
      new Date(this.at),
    ]);
    for (const context of contexts) {
      const seq = this.last.get(context);
      if (seq === undefined) continue;
      await this.client.query('INSERT INTO audit.producer (source, last_seq) VALUES ($1, $2)', [context, seq]);
    }
    return this.copying.counts;
  }

  private keep(tile: TileData): void {
    const key = `${tile.level}/${tile.index}`;
    if (tile.width < 256) return void this.tiles.set(key, tile);
    this.tiles.delete(key);
    this.rows.tile(tile.level, tile.index, tile.data);
  }

  private name(real: string): void {
    const name = randomBytes(16).toString('hex');
    this.names.set(real, name);
    this.rows.pseudonym(real, name);
  }

  private key(owner: string, lasting: boolean): Buffer {
    const { key, wrapped } = this.details.newKey(owner);
    if (lasting) this.keys.set(owner, key);
    this.rows.dataKey(owner, wrapped);
    return key;
  }
}
