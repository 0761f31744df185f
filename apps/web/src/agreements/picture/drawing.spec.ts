import { drawnFlows } from './drawing';

const arrow = (from: string, to: string, ...codes: string[]) => ({
  ...{ isa: 'a@1.0.0', title: 'A', flow: 'F1', purpose: 'MARAC', from, to },
  items: codes.map((code) => ({ code, category: 'PERSONAL' })),
});
const nameOf = (id: string) =>
  ({ c: 'Council', p: 'Police', n: 'A Very Long Named Hospital Trust of the Northern Parts' })[id] ?? id;

describe('the drawing of flows', () => {
  const drawing = drawnFlows([arrow('p', 'c', 'A', 'B'), arrow('p', 'c', 'B', 'C'), arrow('n', 'c', 'A')], nameOf);

  it('has senders left and recipients right, in the order of their names, each once', () => {
    expect(drawing.senders.map((b) => b.id)).toEqual(['n', 'p']);
    expect(drawing.recipients.map((b) => b.id)).toEqual(['c']);
    expect(drawing.senders[0]!.x).toBeLessThan(drawing.recipients[0]!.x);
    expect(drawing.senders[1]!.y - drawing.senders[0]!.y).toBeGreaterThan(drawing.box.height);
  });

  it('has one line for each pair, the wider the more kinds of information it carries', () => {
    expect(drawing.lines).toHaveLength(2);
    const [ofNhs, ofPolice] = drawing.lines.map((l) => l.width);
    expect([ofNhs, ofPolice]).toEqual([1.5, 2.5]);
  });

  it('keeps everything within its frame, names in two lines at most, and draws nothing of nothing', () => {
    for (const { x, y } of [...drawing.senders, ...drawing.recipients]) {
      expect(x + drawing.box.width).toBeLessThan(drawing.width);
      expect(y + drawing.box.height).toBeLessThan(drawing.height);
    }
    expect(drawing.senders[0]!.name).toEqual(['A Very Long Named', 'Hospital Trust of the…']);
    expect(drawnFlows([], nameOf)).toMatchObject({ senders: [], recipients: [], lines: [] });
  });
});
