const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Dates and lengths of time in a reader's language and time zone. */
export class Dates {
  private readonly timeZone: string;

  constructor(
    private readonly language: string,
    timeZone: string | undefined,
    private readonly now: Date,
  ) {
    this.timeZone = knownTimeZone(timeZone);
  }

  /** The day, as in `3 May 2026`. */
  day(instant: Date): string {
    return formatter(this.language, this.timeZone, 'day').format(instant);
  }

  /** The exact moment with its time zone. */
  moment(instant: Date): string {
    return formatter(this.language, this.timeZone, 'moment').format(instant);
  }

  /** `2 hours ago` for less than a day, the day before that. */
  ago(instant: Date): string {
    const seconds = Math.round((instant.getTime() - this.now.getTime()) / 1000);
    const distance = Math.abs(seconds);
    if (distance >= DAY) {
      return this.day(instant);
    }
    const relative = new Intl.RelativeTimeFormat(this.language, { numeric: 'auto' });
    if (distance < MINUTE) {
      return relative.format(0, 'second');
    }
    return distance < HOUR
      ? relative.format(Math.trunc(seconds / MINUTE), 'minute')
      : relative.format(Math.trunc(seconds / HOUR), 'hour');
  }

  /** A length of time, rounded up to what one would say: `40 seconds`, `5 minutes`. */
  length(seconds: number): string {
    const [count, unit] =
      seconds < 2 * MINUTE
        ? [seconds, 'second']
        : seconds < 2 * HOUR
          ? [seconds / MINUTE, 'minute']
          : [seconds / HOUR, 'hour'];
    return new Intl.NumberFormat(this.language, { style: 'unit', unit, unitDisplay: 'long' }).format(
      Math.max(1, Math.ceil(count)),
    );
  }
}

const FORMATS = {
  day: { dateStyle: 'long' },
  moment: { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs more than using it, so each is made once; languages and time zones are few. */
function formatter(language: string, timeZone: string, format: keyof typeof FORMATS): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${format}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(language, { ...FORMATS[format], timeZone });
  formatters.set(key, known);
  return known;
}

const timeZones = new Map<string, string>();

/** The name of a time zone as `Intl` knows it; UTC where it knows none. */
function knownTimeZone(timeZone = 'UTC'): string {
  try {
    const known = timeZones.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    timeZones.set(timeZone, known);
    return known;
  } catch {
    return 'UTC';
  }
}
