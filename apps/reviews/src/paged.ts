/** How many lines a page of a board or a register has. */
export const PAGE = 25;
/** The last page that may be asked for: far beyond what a partnership ever has. */
export const MOST_PAGES = 100_000;

/** Which page of how many lines is shown. Pure. */
export const sheetOf = (total: number, page: number) => ({
  ...{ total, page, pages: Math.max(1, Math.ceil(total / PAGE)) },
});

/** The lines of a page. Pure. */
export const sliceOf = <T>(all: readonly T[], page: number): readonly T[] => all.slice((page - 1) * PAGE, page * PAGE);

interface Titled {
  readonly code: string;
  readonly title: string;
}
/** What there is to choose from, each once, by its title. Pure. */
export const distinct = (all: readonly Titled[]): Titled[] =>
  [...new Map(all.map((one) => [one.code, one])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));
