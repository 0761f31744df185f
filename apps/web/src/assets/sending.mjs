const MEGABYTE = 1024 * 1024;

/** While a file is sent, which can take minutes on a slow line, its form says so. Without a script the browser alone shows it. */
export function tellOfSending(forms) {
  for (const form of forms) {
    // There before it says anything, so that it is read aloud when it does.
    const said = document.createElement('p');
    said.className = 'govuk-body';
    said.setAttribute('role', 'status');
    form.append(said);
    form.addEventListener('submit', () => {
      const chosen = [...form.querySelectorAll('input[type="file"]')].flatMap(({ files }) => [...files]);
      const bytes = chosen.reduce((sum, { size }) => sum + size, 0);
      if (bytes === 0) return;
      const size = bytes < MEGABYTE ? 'the file' : `${(bytes / MEGABYTE).toFixed(1)} MB`;
      said.textContent = `Sending ${size}. Stay on this page until it is done.`;
    });
  }
}
