import { registerView } from './in-registers';

const register = (more: object) => ({
  ...{ items: [], kinds: [], total: 60, page: 2, pages: 3, more: false, most: 20_000, ...more },
});

describe('a page of a register', () => {
  it('says on paper too that there are more of them, and where it goes on', () => {
    const view = registerView('/reviews/copies', { kind: 'x', page: '2' }, register({}), ['copy', 'copies']);
    expect(view).toMatchObject({ count: '60 copies', sheet: 'Page 2 of 3', filtered: true });
    expect([view.previous, view.next]).toEqual(['/reviews/copies?kind=x', '/reviews/copies?kind=x&page=3']);
    const whole = registerView('/reviews/copies', {}, register({ total: 1, page: 1, pages: 1 }), ['copy', 'copies']);
    expect(whole).toMatchObject({ count: '1 copy', sheet: '', previous: null, next: null });
  });
});
