import { CaseOpened, MergeUndone, PeopleMerged, PersonJoinedCase, type Received } from '@concordat/contracts';
import { On, OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** Keeps a copy of who is in which case, by ids: somebody is assessed in a case that they are in. */
@Injectable()
export class CasePeople {
  @OnBatch([CaseOpened])
  async opened(events: readonly Received<CaseOpened>[], tx: Tx): Promise<void> {
    await add(
      tx,
      events.flatMap(({ data }) => data.people.map((personId) => ({ caseId: data.caseId, personId }))),
    );
  }

  @OnBatch([PersonJoinedCase])
  async joined(events: readonly Received<PersonJoinedCase>[], tx: Tx): Promise<void> {
    await add(
      tx,
      events.map(({ data }) => data),
    );
  }

  /** Two records became one: whoever was in a case under the one is in it under the other. */
  @On(PeopleMerged)
  async merged({ data: m }: Received<PeopleMerged>, tx: Tx): Promise<void> {
    await tx.execute(
      'INSERT INTO merged_person (merge_id, merged_id, survivor_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [m.mergeId, m.mergedId, m.survivorId],
    );
  }

  @On(MergeUndone)
  async undone({ data }: Received<MergeUndone>, tx: Tx): Promise<void> {
    await tx.execute('DELETE FROM merged_person WHERE merge_id = $1', [data.mergeId]);
  }
}

async function add(tx: Tx, rows: readonly { caseId: string; personId: string }[]): Promise<void> {
  await tx.execute(
    'INSERT INTO case_person (case_id, person_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING',
    [rows.map((r) => r.caseId), rows.map((r) => r.personId)],
    'add-case-people',
  );
}
