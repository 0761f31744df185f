/** merged is `theirs` with what changed between `base` and `mine`. Pure. */
export function merged(base: string, mine: string, theirs: string): string;
