/** Something wrong in a pack, and where. `path` is a place in the document, such as `clocks[0].unit`. */
export type Finding = {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly reason: string;
};

/** PackError carries every finding at once; its message lists them a line each as `file:line: path: reason`. */
export class PackError extends Error {
  readonly code = 'pack.invalid';

  constructor(
    readonly folder: string,
    readonly findings: readonly Finding[],
  ) {
    const count = findings.length === 1 ? '1 problem' : `${findings.length} problems`;
    super(`${count} in the pack ${folder}\n${findings.map((finding) => `  ${describe(finding)}`).join('\n')}`);
    this.name = 'PackError';
  }
}

function describe({ file, line, path, reason }: Finding): string {
  return path === '' ? `${file}:${line}: ${reason}` : `${file}:${line}: ${path}: ${reason}`;
}
