import nunjucks from 'nunjucks';
import { formOf } from './form';
import { templateFolders, templateOptions } from './templates';

const env = new nunjucks.Environment(new nunjucks.FileSystemLoader(templateFolders()), templateOptions);
templateOptions.onConfigure(env);

const rendered = (field: string, values: Record<string, string | string[]>): string =>
  env.renderString(`{% from "design/fields.njk" import input, textarea, radios, select, tick, date %}{{ ${field} }}`, {
    form: formOf({ values, problems: [{ field: 'said', code: 'x', message: 'Say it otherwise' }] }),
    choices: [
      { value: 'one', text: 'One' },
      { value: 'two', text: 'Two' },
    ],
  });

describe('fields', () => {
  it.each([
    ['input(form, "said", "Label")', 'value="kept"'],
    ['textarea(form, "said", "Label")', '>kept</textarea>'],
    ['textarea(form, "said", "Label", { hint: "Hint", rows: 3 })', '>kept</textarea>'],
    ['textarea(form, "said", "Label", { max: 100 })', '>kept</textarea>'],
  ])('show what was typed: %s', (field, shown) => {
    const html = rendered(field, { said: 'kept' });
    expect(html).toContain(shown);
    expect(html).toContain('Say it otherwise');
  });

  it.each([
    ['radios(form, "said", "Label", choices)', /value="two" checked/],
    ['select(form, "said", "Label", choices)', /<option value="two" selected/],
  ])('show what was chosen: %s', (field, shown) => {
    expect(rendered(field, { said: 'two' })).toMatch(shown);
  });

  it('show what was ticked, and each part of a date', () => {
    expect(rendered('tick(form, "said", "Label")', { said: 'yes' })).toMatch(/value="yes" checked/);
    const date = rendered('date(form, "said", "Label")', { 'said-day': '7', 'said-month': '3', 'said-year': '2026' });
    for (const part of ['7', '3', '2026']) expect(date).toContain(`value="${part}"`);
  });
});
