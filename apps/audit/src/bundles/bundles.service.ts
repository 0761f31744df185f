import { actKindInWords } from '@concordat/contracts';
import { openCheckpoint, parsePolicy } from '@concordat/ledger';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Details } from '../details';
import { countOf, ExportsService, type Opened } from '../exports/exports.service';
import { LedgerService } from '../ledger/ledger.service';
import { Log } from '../log';
import { describe } from '../reading';
import { bundleOf } from './bundle';
import { BundleDirectory } from './directory';
import type { Fact } from './report';
import { LISTED, reportOf, type Described } from './report-of';

/** More acts than this are for the plain export: a report of them is not for reading. */
const MOST = 20_000;

/** Hands an auditor a bundle that somebody without this system can read and verify. */
@Injectable()
export class BundlesService {
  constructor(
    private readonly exports: ExportsService,
    private readonly ledger: LedgerService,
    private readonly directory: BundleDirectory,
    private readonly details: Details,
    private readonly log: Log,
  ) {}

  /** bundle puts the export on record and streams it. It is cut, and the archive then does not open, should that fail. */
  async bundle(call: Call): Promise<Readable> {
    const opened = await this.exports.open(call, 'bundle', MOST);
    const policy = await this.ledger.policy();
    const at = new Date();
    const records: Described[] = [];
    const pieces = bundleOf({
      id: opened.id,
      origin: this.log.origin,
      at,
      checkpoint: opened.checkpoint.note,
      policy,
      question: Object.fromEntries(questionOf(opened).map(({ key, value }) => [key, value])),
      signer: this.log.signer,
      export: opened.file((seen) => {
        for (const record of seen.slice(0, LISTED - records.length)) records.push(describe(record, this.details));
      }),
      report: async () => {
        const staff = records.flatMap((r) => [r.actor, ...r.objects.filter((o) => o.t === 'staff').map((o) => o.id)]);
        const names = await this.directory.names([call.actor.id, ...staff]);
        const { checkpoint, extent } = opened;
        return reportOf(
          {
            id: opened.id,
            at,
            by: call.actor.id,
            byOrg: call.actor.orgId,
            origin: this.log.origin,
            size: checkpoint.size,
            signedAt: checkpoint.at,
            witnesses: witnessesOf(checkpoint.note, policy),
            question: questionOf(opened),
            count: countOf(extent, checkpoint.size),
            records,
          },
          names,
        );
      },
    });
    return this.exports.stream(opened.id, pieces);
  }
}

/** What was asked, as it was asked: ids, codes and days. */
function questionOf({ dto, extent }: Opened): Fact[] {
  const scope = extent.form === 'chosen' ? 'Acts about the following' : 'Every entry';
  const rows: [string, string | undefined][] = [
    ['What', scope],
    ['Case or referral', dto.case],
    ['Person', dto.person],
    ['Member of staff', dto.user],
    ['Agency', dto.agency],
    ['Agreement', dto.agreement],
    ['Kind of act', dto.kind && actKindInWords(dto.kind)],
    ['Done', dto.action],
    ['Outcome', dto.outcome],
    ['From', dto.from],
    ['To', dto.to],
  ];
  return rows.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}

function witnessesOf(note: string, policy: string): string {
  const { cosigners } = openCheckpoint(note, parsePolicy(policy));
  return cosigners.length > 0 ? `Cosigned by ${cosigners.map((c) => c.name).join(', ')}` : 'None have cosigned it';
}
