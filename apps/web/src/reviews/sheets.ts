/** Whether the words of an address name a page. Pure. */
export const isPage = (value: string): boolean => /^[1-9]\d{0,4}$/.test(value);

/**
 * Which page this is of how many (on paper nothing else says that there are more), and where the one before and the one after are; from
 * beyond the last page one comes back to the last. Pure.
 */
export const sheetLinks = (
  { page, pages }: { readonly page: number; readonly pages: number },
  at: (page: number) => string,
) => ({
  sheet: pages > 1 ? `Page ${page} of ${pages}` : '',
  previous: page > 1 ? at(Math.min(page - 1, pages)) : null,
  next: page < pages ? at(page + 1) : null,
});
