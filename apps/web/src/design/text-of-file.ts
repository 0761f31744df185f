/** A file that was chosen as text; undefined when none was, null when it is no text in UTF-8. Pure. */
export function textOfFile(file: Buffer | undefined): string | null | undefined {
  if (!file) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    return null;
  }
}
