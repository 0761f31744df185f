/** A page of a list (keyset: a cursor either way), with how many there are in all. */
export interface List<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly count?: { readonly value: number; readonly more: boolean };
}

/** What a command answers with: the record's id and new version, and where to find its audit entry. */
export interface Done {
  readonly id: string;
  readonly version: number;
  readonly status?: string;
  readonly reference?: string;
  readonly receipt?: { readonly auditId: string };
}
