/** Shows how long a case has been open, beside its time box. Counted from what the server said: clocks of browsers are wrong. */
export function runTimer(place) {
  if (!place) return;
  const began = performance.now() - Number(place.dataset.seconds) * 1000;
  const box = Number(place.dataset.minutes) * 60;
  const show = () => {
    const seconds = Math.floor((performance.now() - began) / 1000);
    place.textContent =
      seconds <= box ? `Open for ${clock(seconds)} of ${clock(box)}` : `Over its time by ${clock(seconds - box)}`;
    place.classList.toggle('app-over-time', seconds > box);
  };
  show();
  setInterval(show, 1000);
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
