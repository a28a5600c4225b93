import { Clock } from '#platform/crypto/index.js';

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** A clock that moves only when a test moves it. */
export class FrozenClock extends Clock {
  private instant: Date;

  /** Starts at the present second: libraries that drive the service compare tokens with the machine's clock. */
  constructor(instant: Date = new Date(Math.floor(Date.now() / 1000) * 1000)) {
    super();
    this.instant = instant;
  }

  now(): Date {
    return new Date(this.instant);
  }

  /** Moves on to the present, for libraries that say in what they sign when they did so. */
  catchUp(): void {
    const present = Math.floor(Date.now() / 1000) * 1000;
    this.instant = new Date(Math.max(this.instant.getTime(), present));
  }

  /** Moves on by a duration such as `61s`, `10m`, `8h`, `30d` or `1h 30m`. */
  advance(duration: string): void {
    const milliseconds = duration
      .trim()
      .split(/\s+/)
      .map(milliSecondsOf)
      .reduce((sum, part) => sum + part, 0);
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

function milliSecondsOf(part: string): number {
  const [, amount, unit = ''] = /^(\d+)(ms|[smhd])$/.exec(part) ?? [];
  const seconds = SECONDS[unit];
  if (amount === undefined || seconds === undefined) throw new Error(`"${part}" is not a duration such as 61s`);
  return Number(amount) * seconds * 1000;
}
