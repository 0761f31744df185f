import { newId } from '@concordat/contracts';
import { isToBeDestroyed } from './targets';

describe('the detail of an act that mentions what was erased', () => {
  const [gone, other] = [newId(), newId()];
  const erased = new Set([gone]);
  const plain = { method: 'GET', path: '/api/records/cases', address: '192.0.2.1' };

  it('goes when the act was about nothing else', () => {
    const act = {
      subjects: [gone],
      objects: [
        { t: 'case' as const, id: gone },
        { t: 'note' as const, id: newId() },
      ],
    };
    expect(isToBeDestroyed({ act, detail: plain }, erased)).toBe(true);
    expect(isToBeDestroyed({ act: { subjects: [], objects: act.objects }, detail: plain }, erased)).toBe(true);
  });

  it('stays when it lists the ids of others too, and says nothing more', () => {
    const act = { subjects: [gone, other], objects: [] };
    expect(isToBeDestroyed({ act, detail: plain }, erased)).toBe(false);
    const list = { subjects: [], objects: [gone, other].map((id) => ({ t: 'case' as const, id })) };
    expect(isToBeDestroyed({ act: list, detail: plain }, erased)).toBe(false);
  });

  it('goes when it says what was searched for, or what was there before', () => {
    const act = { subjects: [gone, other], objects: [] };
    expect(isToBeDestroyed({ act, detail: { ...plain, term: 'x' } }, erased)).toBe(true);
  });
});
