import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SetUpLinks } from '#authentication/index.js';
import { StartUpNotes } from '#platform/observability/index.js';

/** Prints, as long as there is no administrator, a new set-up link at each start. */
@Injectable()
export class SetUpNote implements OnModuleInit {
  constructor(
    private readonly notes: StartUpNotes,
    private readonly links: SetUpLinks,
  ) {}

  onModuleInit(): void {
    this.notes.add(() => this.lines());
  }

  private async lines(): Promise<string[]> {
    const link = await this.links.issue();
    return link === undefined ? [] : [`Set up the first administrator, once and within 24 hours: ${link}`];
  }
}
