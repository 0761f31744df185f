/** What a file does to a record that it brought in before, part by part, when it says something else now. */
export interface FileCorrection<P extends string> {
  /** What the file says otherwise than before. */
  readonly otherwise: readonly P[];
  /** Of that, what was changed here since, and to something else: a file does not undo what people did. */
  readonly changedHere: readonly P[];
  /** Of that, what is not here yet. */
  readonly toChange: readonly P[];
}

/** A part as text, so that two can be told apart; what is not there is one text as well. */
type Said<P> = (part: P) => string | undefined;

/**
 * fileCorrection compares three tellings of one record: what the file said before, what it says now, and what is here. What the file
 * says as it did before is left as it is here, whatever that is. Pure.
 */
export function fileCorrection<P extends string>(
  parts: readonly P[],
  { before, now, here }: { readonly before: Said<P>; readonly now: Said<P>; readonly here: Said<P> },
): FileCorrection<P> {
  const otherwise = parts.filter((part) => before(part) !== now(part));
  const toChange = otherwise.filter((part) => here(part) !== now(part));
  return { otherwise, toChange, changedHere: toChange.filter((part) => here(part) !== before(part)) };
}
