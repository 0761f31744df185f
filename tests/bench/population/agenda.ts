/** What is to happen, earliest first: a binary heap. */
export class Agenda<T> {
  private readonly heap: { readonly at: number; readonly what: T }[] = [];

  get next(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  add(at: number, what: T): void {
    const { heap } = this;
    let i = heap.push({ at, what }) - 1;
    for (let up = (i - 1) >> 1; i > 0 && heap[up]!.at > at; up = (i - 1) >> 1) {
      [heap[i], heap[up]] = [heap[up]!, heap[i]!];
      i = up;
    }
  }

  take(): { readonly at: number; readonly what: T } | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const least = left + 1 < heap.length && heap[left + 1]!.at < heap[left]!.at ? left + 1 : left;
      if (least >= heap.length || heap[least]!.at >= heap[i]!.at) return first;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }
}
