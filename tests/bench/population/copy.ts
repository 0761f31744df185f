import { Client, type Connection } from 'pg';

/** A value of a row, as COPY's text format writes it. */
export type Cell = string | number | bigint | boolean | null | Date | Buffer | readonly string[] | object;

/** `COPY … FROM STDIN` over pg's own protocol: pg gives a query object its turn and whatever the server answers. */
class CopyIn {
  readonly done: Promise<void>;
  private settle!: { resolve: () => void; reject: (e: Error) => void };

  constructor(
    private readonly sql: string,
    private readonly data: Buffer,
  ) {
    this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  submit(connection: Connection): void {
    connection.query(this.sql);
  }

  handleCopyInResponse(connection: Connection): void {
    const raw = connection as unknown as { sendCopyFromChunk(b: Buffer): void; endCopyFrom(): void };
    raw.sendCopyFromChunk(this.data);
    raw.endCopyFrom();
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleError(error: Error): void {
    this.settle.reject(error);
  }
  handleReadyForQuery(): void {
    this.settle.resolve();
  }
}

const BYTES = 4 << 20;

/** Rows on their way into tables, by the megabyte. One connection, so that what was added first arrives first. */
export class Copying {
  private readonly tables = new Map<string, { sql: string; rows: string[]; size: number }>();
  private readonly counted = new Map<string, number>();
  private underWay: Promise<void> = Promise.resolve();
  private waiting = 0;
  private failure: Error | null = null;

  constructor(private readonly client: Client) {}

  /** Declares a table with the columns that rows will have. */
  into(table: string, columns: string): (...cells: Cell[]) => void {
    const state = { sql: `COPY ${table} (${columns}) FROM STDIN`, rows: [] as string[], size: 0 };
    this.tables.set(table, state);
    return (...cells) => {
      const row = `${cells.map(text).join('\t')}\n`;
      state.rows.push(row);
      state.size += row.length;
      this.counted.set(table, (this.counted.get(table) ?? 0) + 1);
      if (state.size >= BYTES) this.send(state);
    };
  }

  /** Rows added so far, by table. */
  get counts(): ReadonlyMap<string, number> {
    return this.counted;
  }

  /** Waits until not more than a few megabytes are on their way, so that memory stays bounded. */
  async keepUp(): Promise<void> {
    while (this.waiting > 3) await this.underWay;
    if (this.failure) throw this.failure;
  }

  async flush(): Promise<void> {
    for (const state of this.tables.values()) if (state.rows.length > 0) this.send(state);
    await this.underWay;
    if (this.failure) throw this.failure;
  }

  private send(state: { sql: string; rows: string[]; size: number }): void {
    const copy = new CopyIn(state.sql, Buffer.from(state.rows.join('')));
    state.rows = [];
    state.size = 0;
    this.waiting++;
    this.underWay = this.underWay
      .then(() => {
        this.client.query(copy as never);
        return copy.done;
      })
      .catch((error: unknown) => void (this.failure ??= error as Error))
      .finally(() => this.waiting--);
  }
}

const SPECIAL = /[\\\n\r\t]/;
const SPECIALS = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escape = (value: string): string => (SPECIAL.test(value) ? value.replace(SPECIALS, (c) => ESCAPES[c]!) : value);

function text(value: Cell): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escape(value);
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.join(',')}}`; // ids and codes only: nothing in them needs quotes
  return typeof value === 'object' ? escape(JSON.stringify(value)) : String(value);
}
