/** Ends this process when the harness that started it is gone, however that happened: nothing is left behind. */
export function leash(): void {
  const harness = process.ppid;
  setInterval(() => {
    if (process.ppid !== harness) process.kill(process.pid, 'SIGKILL');
  }, 500).unref();
}
