import { isCollection, isNode, type LineCounter } from 'yaml';
import type { Finding } from './findings';
import type { Versioned } from './rules';

/** Kinds of names that documents define and refer to. Pathways and forums share one, as both are destinations. */
export type Namespace =
  | 'pathway'
  | 'forum'
  | 'pathway or forum'
  | 'colour scheme'
  | 'calendar'
  | 'outcome'
  | 'rule version'
  | 'instrument version'
  | 'review kind';

type Mention = { readonly kind: Namespace; readonly name: string; readonly at: Finding };
export type SeenRule = { readonly rule: Versioned; readonly at: Finding };

/** What the reading of all documents of a pack has brought to light so far. */
export class Reading {
  readonly findings: Finding[] = [];
  readonly rules: SeenRule[] = [];
  private readonly defined = new Map<string, Finding>();
  private readonly mentions: Mention[] = [];

  /** A second definition of a name is a finding that points at the first. */
  define(kinds: readonly Namespace[], name: string, at: Finding): void {
    for (const kind of kinds) {
      const first = this.defined.get(`${kind} ${name}`);
      if (first) {
        this.findings.push({
          ...at,
          reason: `the ${kind} “${name}” is already defined at ${first.file}:${first.line}`,
        });
        return;
      }
    }
    for (const kind of kinds) this.defined.set(`${kind} ${name}`, at);
  }

  mention(kind: Namespace, name: string, at: Finding): void {
    this.mentions.push({ kind, name, at });
  }

  /** To be called when every document has been read: names may be used before they are defined. */
  resolve(): void {
    for (const { kind, name, at } of this.mentions) {
      if (!this.defined.has(`${kind} ${name}`)) this.findings.push({ ...at, reason: `no such ${kind}: “${name}”` });
    }
  }
}

/** Spot is a place in one document: it knows how to report a finding there. */
export class Spot {
  constructor(
    readonly reading: Reading,
    private readonly file: string,
    private readonly lines: LineCounter,
    private readonly path = '',
    private readonly offset = 0,
  ) {}

  /** The spot of a node inside this one. A node that is not there (null) is at its parent's place. */
  at(node: unknown, key: string | number): Spot {
    const path = typeof key === 'number' ? `${this.path}[${key}]` : this.path === '' ? key : `${this.path}.${key}`;
    const offset = isNode(node) ? (node.range?.[0] ?? this.offset) : this.offset;
    return new Spot(this.reading, this.file, this.lines, path, offset);
  }

  /** The spot of what is further inside, by its keys. */
  within(node: unknown, path: readonly (string | number)[]): Spot {
    let [spot, at]: [Spot, unknown] = [this, node];
    for (const key of path) {
      const inner: unknown = isCollection(at) ? at.get(key, true) : undefined;
      [spot, at] = [spot.at(inner, key), inner];
    }
    return spot;
  }

  finding(reason: string): Finding {
    return { file: this.file, line: Math.max(1, this.lines.linePos(this.offset).line), path: this.path, reason };
  }

  report(reason: string): undefined {
    this.reading.findings.push(this.finding(reason));
    return undefined;
  }
}
