/** The time of the simulated partnership, in milliseconds since 1970. It only goes forward. */
export class Clock {
  constructor(private ms: number) {}

  now(): Date {
    return new Date(this.ms);
  }

  /** Moves on by so many milliseconds: what a machine takes between one thing and the next. */
  tick(ms: number): Date {
    this.ms += ms;
    return this.now();
  }

  /** Moves on to a time, unless it is past already. */
  reach(ms: number): void {
    this.ms = Math.max(this.ms, ms);
  }
}
