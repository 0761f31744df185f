import { columnOf, hrefOf, listingOf, readWorklist } from './query';

const AREA = '021623d7-8c46-4daf-826f-8d83f4133408';

describe('the worklist’s address', () => {
  it('begins with what needs triage, and with all when something was chosen', () => {
    expect(readWorklist({}).view.code).toBe('needs-triage');
    expect(readWorklist({ colour: 'red' }).view.code).toBe('all');
    expect(readWorklist({ view: 'mine', colour: 'red' }).view.code).toBe('mine');
  });

  it('leaves out what means nothing', () => {
    const asked = readWorklist({
      status: 'draft',
      area: 'x',
      assigned: 'Hana',
      overdue: 'no',
      sort: 'name',
      colour: ['red'],
    });
    expect(asked).toEqual({ view: expect.objectContaining({ code: 'needs-triage' }), chosen: {}, sort: '-received' });
  });

  it('asks the API for what the view fixes and for what was chosen', () => {
    expect(listingOf(readWorklist({}))).toEqual({ side: 'received', sort: '-received', status: 'received,reopened' });
    expect(listingOf(readWorklist({ view: 'mine', assigned: 'none', status: 'rated', area: AREA }))).toEqual({
      side: 'received',
      sort: '-received',
      status: 'rated',
      assigned: 'me',
      area: AREA,
    });
    expect(listingOf(readWorklist({ view: 'overdue', sort: 'due', cursor: 'abc' }))).toEqual({
      side: 'received',
      sort: 'due',
      overdue: 'true',
      cursor: 'abc',
    });
  });

  it('keeps its filters when the order changes, and starts again from the first page', () => {
    const asked = readWorklist({ view: 'all', colour: 'red', area: AREA, cursor: 'abc' });
    expect(hrefOf(asked, { sort: 'due' })).toBe(`/triage?view=all&colour=red&area=${AREA}&sort=due`);
    expect(hrefOf(asked, { colour: null })).toBe(`/triage?view=all&area=${AREA}`);
  });

  it('turns round the column that is sorted, and tells how', () => {
    const asked = readWorklist({ view: 'all', sort: 'due' });
    expect(columnOf(asked, 'due', 'Due')).toEqual({
      text: 'Due',
      href: '/triage?view=all&sort=-due',
      sorted: 'ascending',
    });
    expect(columnOf(asked, 'received', 'Received')).toEqual({
      text: 'Received',
      href: '/triage?view=all',
      sorted: null,
    });
    expect(columnOf(readWorklist({}), 'received', 'Received').sorted).toBe('descending');
  });
});
