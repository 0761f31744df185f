const SUMMARY = /(<ul class="govuk-list govuk-error-summary__list">)([^]*?)(<\/ul>)/;

/**
 * inPageOrder puts what an error summary says in the order of the fields on the page, whatever order it was found in, as whoever
 * goes through the page meets them. What leads to nothing on the page comes last. Pure.
 */
export function inPageOrder(html: string): string {
  return html.replace(SUMMARY, (_, start: string, list: string, end: string) => {
    const items = (list.match(/<li>[^]*?<\/li>/g) ?? []).map((item, found) => ({
      item,
      found,
      at: placeOf(item, html),
    }));
    items.sort((a, b) => a.at - b.at || a.found - b.found);
    return `${start}\n${items.map(({ item }) => `      ${item}`).join('\n')}\n    ${end}`;
  });
}

function placeOf(item: string, html: string): number {
  const id = /href="#([^"]+)"/.exec(item)?.[1];
  const at = id === undefined ? -1 : html.indexOf(`id="${id}"`);
  return at < 0 ? html.length : at;
}
