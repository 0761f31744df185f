import type { FieldProblem, ImportKind } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FileRow } from './imported-file';

/** What holds for every row of a file: the name of the system that it comes from, and the area of its cases. */
export interface FileOrigin {
  readonly source: string | null;
  readonly areaId: string | null;
}

/** What a dry run found in a row. `code` says what is to be expected of one that is ready: nothing when it is new. */
export interface CheckedRow {
  readonly number: number;
  readonly caseId: string | null;
  readonly entryId: string | null;
  /** Refused: in order, and nothing that this kind of file brings in. */
  readonly state: 'ready' | 'wrong' | 'refused';
  readonly code?: RowForeseen | null;
  readonly problems: readonly FieldProblem[];
  readonly content: object | null;
}
export type RowForeseen = 'import.there-already' | 'import.already-otherwise' | 'import.no-entry';

/** A row that is to be brought in, with what somebody decided about it. */
export interface ReadyRow {
  readonly number: number;
  readonly caseId: string | null;
  readonly entryId: string | null;
  readonly content: object;
  /** The dry run found that it says something else than before, and whoever started the import has it corrected. */
  readonly corrects: boolean;
  /** Of somebody: whom they were found to be. */
  readonly sameAs: string | null;
  /** Of somebody: who was almost certainly the same, and was found to be somebody else. */
  readonly notThem: readonly string[];
}

/** What became of a row. `recordId` is the case, the person or the entry; of a relationship, whose it is. */
export interface Brought {
  readonly state: 'added' | 'corrected' | 'unchanged' | 'refused';
  readonly code?: string;
  readonly problems?: readonly FieldProblem[];
  readonly caseId?: string;
  readonly recordId?: string;
}

export interface ImportUnderWay extends FileOrigin {
  readonly id: string;
}

/** What a kind of file holds, as the feature knows it that keeps such records. */
export interface ImportAct {
  /** The dry run: adds nothing. */
  check(tx: Tx, rows: readonly FileRow[], file: FileOrigin): Promise<CheckedRow[]>;
  /** The dry run of records of Social Care Data, which name no case of ours: where this kind of file may be one of them. */
  checkRecords?(tx: Tx, content: string, reference: string): Promise<CheckedRow[]>;
  /** One row, in a unit of work of its own that names the import. What it throws is the row's refusal. */
  bringIn(call: Call, row: ReadyRow, work: ImportUnderWay): Promise<Brought>;
}

/** The kinds of records that can be brought in. Each feature brings its own, so that importing knows none of them. */
@Injectable()
export class ImportActs {
  private readonly acts = new Map<ImportKind, ImportAct>();

  bring(kind: ImportKind, act: ImportAct): void {
    this.acts.set(kind, act);
  }

  of(kind: ImportKind): ImportAct {
    const act = this.acts.get(kind);
    if (!act) throw new Error(`nothing brings the import of ${kind}`);
    return act;
  }
}
