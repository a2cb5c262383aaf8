/** How often the server may end by itself before it is no longer started again. */
export class Crashes {
  private readonly times: number[] = [];

  private readonly limit: number;
  private readonly period: number;
  private readonly now: () => number;

  /** `limit` crashes are allowed within `period` milliseconds; `now` is the clock. */
  constructor(limit: number, period: number, now: () => number = Date.now) {
    this.limit = limit;
    this.period = period;
    this.now = now;
  }

  /** Notes a crash; whether it was one too many within the period. */
  isOneTooMany(): boolean {
    const now = this.now();
    this.times.push(now);
    while (this.times[0] !== undefined && now - this.times[0] > this.period) {
      this.times.shift();
    }
    return this.times.length > this.limit;
  }
}
