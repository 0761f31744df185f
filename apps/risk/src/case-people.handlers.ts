import { CaseOpened, MergeUndone, PeopleMerged, PersonJoinedCase, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** Keeps a copy of who is in which case, by ids: somebody is assessed in a case that they are in. */
@Injectable()
export class CasePeople {
  @On(CaseOpened)
  async opened({ data }: Received<CaseOpened>, tx: Tx): Promise<void> {
    await tx.execute(ADD, [data.caseId, data.people], 'add-case-people');
  }

  @On(PersonJoinedCase)
  async joined({ data }: Received<PersonJoinedCase>, tx: Tx): Promise<void> {
    await tx.execute(ADD, [data.caseId, [data.personId]], 'add-case-people');
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

const ADD = 'INSERT INTO case_person (case_id, person_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING';
