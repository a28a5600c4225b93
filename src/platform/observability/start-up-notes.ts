import { Injectable } from '@nestjs/common';

/** Lines that somebody wants printed once the service listens. */
export type NoteSource = () => Promise<readonly string[]>;

/** What the console says when the service has started; modules add theirs when they are made. */
@Injectable()
export class StartUpNotes {
  private readonly sources: NoteSource[] = [];

  add(source: NoteSource): void {
    this.sources.push(source);
  }

  async lines(): Promise<string[]> {
    const lines: string[] = [];
    for (const source of this.sources) lines.push(...(await source()));
    return lines;
  }
}
