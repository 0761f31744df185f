/**
 * Says that a list has changed since it was shown, announced to screen readers, with a link that shows it anew. The list
 * itself never moves under anybody's hand.
 */
export function tellOfChanges(region) {
  if (!region || !window.EventSource) return;
  const source = new window.EventSource(region.dataset.href);
  source.addEventListener('changed', () => {
    source.close();
    const text = document.createElement('p');
    text.className = 'govuk-inset-text';
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = window.location.pathname + window.location.search;
    link.textContent = 'Show it as it is now';
    text.append('This list has changed. ', link);
    region.replaceChildren(text);
  });
}
