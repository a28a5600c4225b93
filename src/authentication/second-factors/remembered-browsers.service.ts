import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { RememberedBrowsersRepository } from './remembered-browsers.repository.js';

const DAY_MS = 86_400_000;

/** A browser that its user has vouched for. */
export interface RememberedBrowser {
  readonly id: string;
  readonly userAgent: string | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Browsers in which their users are not asked for a second factor for a while, as far as the company allows it. */
@Injectable()
export class RememberedBrowsers {
  constructor(
    private readonly browsers: RememberedBrowsersRepository,
    private readonly settings: CompanySettingsService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** For how many days a browser may be remembered; 0 for not at all. */
  async days(): Promise<number> {
    return (await this.settings.current()).rememberBrowserDays;
  }

  /** Whether the user vouched for the browser, and lately enough for what the company allows now. */
  async knows(userId: string, browser: string): Promise<boolean> {
    const days = await this.days();
    if (days === 0) return false;
    const now = this.clock.now();
    const row = await this.browsers.findLive(digestOf(userId, browser), now);
    return row !== null && now.getTime() - row.createdAt.getTime() < days * DAY_MS;
  }

  async remember(userId: string, browser: string, userAgent: string | undefined): Promise<void> {
    const days = await this.days();
    if (days === 0) return;
    const createdAt = this.clock.now();
    await this.browsers.put({
      id: this.random.id(),
      digest: digestOf(userId, browser),
      userId,
      userAgent: userAgent?.slice(0, 255) ?? null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + days * DAY_MS),
    });
  }

  async listByUser(userId: string): Promise<RememberedBrowser[]> {
    const rows = await this.browsers.findOfUser(userId, this.clock.now());
    return rows.map(({ id, userAgent, createdAt, expiresAt }) => ({
      id,
      userAgent: userAgent ?? undefined,
      createdAt,
      expiresAt,
    }));
  }

  forget(userId: string, id: string): Promise<boolean> {
    return this.browsers.remove(userId, id);
  }

  forgetAll(userId: string): Promise<void> {
    return this.browsers.removeAll(userId);
  }
}

function digestOf(userId: string, browser: string): string {
  return sha256(`remembered ${userId} ${browser}`);
}
