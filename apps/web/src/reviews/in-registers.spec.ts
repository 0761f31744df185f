import { registerView } from './in-registers';
import { boardColumn, boardSheet, readBoard } from './on-board';

const register = (more: object) => ({
  ...{ items: [], kinds: [], total: 60, page: 2, pages: 3, ...more },
});

describe('a page of a register', () => {
  it('says on paper too that there are more of them, and where it goes on', () => {
    const view = registerView('/reviews/copies', { kind: 'x', page: '2' }, register({}), ['copy', 'copies']);
    expect(view).toMatchObject({ count: '60 copies', sheet: 'Page 2 of 3', filtered: true });
    expect([view.previous, view.next]).toEqual(['/reviews/copies?kind=x', '/reviews/copies?kind=x&page=3']);
    const whole = registerView('/reviews/copies', {}, register({ total: 1, page: 1, pages: 1 }), ['copy', 'copies']);
    expect(whole).toMatchObject({ count: '1 copy', sheet: '', previous: null, next: null });
  });

  it('is one of the board too, with what narrows it; sorted anew it begins at the first', () => {
    const asked = readBoard({ only: 'paused', sort: 'state', page: '2' });
    expect(boardSheet(asked, { page: 2, pages: 3 })).toEqual({
      ...{ sheet: 'Page 2 of 3', previous: '/reviews/board?only=paused&sort=state' },
      next: '/reviews/board?only=paused&sort=state&page=3',
    });
    expect(boardColumn(asked, 'state', 'State').href).toBe('/reviews/board?only=paused&sort=-state');
    expect(boardSheet({ page: '9' }, { page: 9, pages: 3 }).previous).toBe('/reviews/board?page=3');
    expect(readBoard({ page: '0' })).toEqual({});
  });
});
