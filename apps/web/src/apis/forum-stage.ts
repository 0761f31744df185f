/** How long a stage of a case takes, as far as anything says so. */
export interface ForumStage {
  readonly code: string;
  readonly title: string;
  readonly from: string;
  readonly within?: { readonly value: number; readonly unit: 'day' | 'working-day' | 'month' };
  readonly force: 'law' | 'guidance' | 'local' | 'unverified';
  readonly source: string;
}
