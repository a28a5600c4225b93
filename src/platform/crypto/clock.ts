import { Injectable } from '@nestjs/common';

/** What time it is; tests put a clock they can move in its place. */
export abstract class Clock {
  abstract now(): Date;

  /** Seconds since 1970, the NumericDate of RFC 7519 §2. */
  epochSeconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}

/** The clock of the machine. */
@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
