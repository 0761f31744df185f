/** A stage of a case at a forum that began. */
export interface StageBegun {
  readonly stage: string;
  readonly title: string;
  readonly beganOn: string;
  readonly endedOn: string | null;
  /** Until when it takes by what the kind of forum says: no deadline. */
  readonly until: string | null;
  readonly force: ForumStage['force'] | null;
  readonly byId: string;
  readonly orgId: string;
  readonly at: string;
}

/** How long a stage of a case takes, as far as anything says so. */
export interface ForumStage {
  readonly code: string;
  readonly title: string;
  readonly from: string;
  /** Whether it runs beside others until its end is put on record. */
  readonly beside?: boolean;
  readonly within?: { readonly value: number; readonly unit: 'day' | 'working-day' | 'month' };
  readonly force: 'law' | 'guidance' | 'local' | 'unverified';
  readonly source: string;
}
