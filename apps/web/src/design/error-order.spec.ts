import { inPageOrder } from './error-order';

const summary = (...ids: string[]): string =>
  `<ul class="govuk-list govuk-error-summary__list">${ids.map((id) => `<li><a href="#${id}">About ${id}</a></li>`).join('')}</ul>`;
const said = (html: string): string[] => [...html.matchAll(/About ([\w.]+)/g)].map(([, id]) => id!);

describe('what is wrong on a page', () => {
  it('is said in the order of its fields, what leads to none of them last', () => {
    const html = `${summary('where', 'nowhere', 'first', 'what.day')}<input id="first"><input id="what.day"><input id="where">`;
    expect(said(inPageOrder(html))).toEqual(['first', 'what.day', 'where', 'nowhere']);
    expect(inPageOrder(html)).toContain('<input id="first"><input id="what.day"><input id="where">');
  });

  it('leaves a page alone on which nothing is wrong', () => {
    expect(inPageOrder('<ul class="govuk-list"><li>x</li></ul>')).toBe('<ul class="govuk-list"><li>x</li></ul>');
  });
});
