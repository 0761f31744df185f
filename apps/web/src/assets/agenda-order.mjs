/**
 * Rows of an agenda that are dragged to another place: let go of, the order that they then have is sent by the form that holds
 * them. Whoever uses no pointer, or no script, has its buttons.
 */
export function dragToOrder(agenda) {
  const form = agenda?.closest('form');
  if (!form) return;
  const rows = () => [...agenda.querySelectorAll('tr[data-item]')];
  const ids = () => rows().map(({ dataset }) => dataset.item);
  let dragged = null;
  let before = [];
  for (const row of rows()) row.draggable = true;
  agenda.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('tr[data-item]');
    if (!dragged) return;
    before = ids();
    event.dataTransfer.effectAllowed = 'move';
    dragged.classList.add('app-dragged');
  });
  agenda.addEventListener('dragover', (event) => {
    const over = event.target.closest('tr[data-item]');
    if (!dragged || !over) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (over !== dragged) over[event.clientY < top + height / 2 ? 'before' : 'after'](dragged);
  });
  agenda.addEventListener('drop', (event) => dragged && event.preventDefault());
  agenda.addEventListener('dragend', () => {
    dragged?.classList.remove('app-dragged');
    dragged = null;
    if (ids().join() === before.join()) return;
    for (const id of ids()) {
      const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'order', value: id });
      form.append(input);
    }
    form.submit();
  });
}
