/** Everything a service logged, as it would have stood on its console. */
export class CapturedLog {
  private readonly written: string[] = [];

  /** Takes a line, as the stream that pino writes to. */
  write(line: string): void {
    this.written.push(line);
  }

  get lines(): readonly string[] {
    return this.written;
  }

  /** The lines as objects. */
  get entries(): readonly Record<string, unknown>[] {
    return this.written.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The whole log, to search it for what must not be there. */
  get text(): string {
    return this.written.join('');
  }

  /** Forgets what was logged so far. */
  clear(): void {
    this.written.length = 0;
  }
}
