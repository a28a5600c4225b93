import { expect } from 'vitest';
import { SecretBox } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { Outbox } from '#platform/events/index.js';
import type { TestService } from './start-service.js';

/** A mail that the service wrote. */
export interface WrittenMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
}

const MOST = 200;

/** Waits until everything that is answered by mail has been looked at. */
export async function answered(service: TestService): Promise<void> {
  const { dataSource } = service.app.get(Database, { strict: false });
  const waiting = async (): Promise<number> => {
    const rows: { waiting: unknown }[] = await dataSource.query(
      "SELECT COUNT(*) AS waiting FROM outbox WHERE topic = 'account-request' AND status = 'pending'",
    );
    return Number(rows[0]?.waiting);
  };
  await expect.poll(waiting, { timeout: 10_000, interval: 10 }).toBe(0);
}

/** Every mail to an address, the newest first, once nothing is left to answer. */
export async function mailsTo(service: TestService, address: string): Promise<WrittenMail[]> {
  await answered(service);
  const rows = await service.app.get(Outbox, { strict: false }).latest('mail', MOST);
  const box = service.app.get(SecretBox, { strict: false });
  const mails = rows.map(({ payload }) => {
    const { sealed } = payload as { sealed: string };
    return JSON.parse(box.open(sealed, 'mail in the outbox')) as WrittenMail;
  });
  return mails.filter(({ to }) => to === address);
}

/** The newest mail to an address. */
export async function mailTo(service: TestService, address: string): Promise<WrittenMail> {
  const [mail] = await mailsTo(service, address);
  if (mail === undefined) throw new Error(`no mail to ${address}`);
  return mail;
}

/** The link in the newest mail to an address. */
export async function linkTo(service: TestService, address: string): Promise<string> {
  return linkIn(await mailTo(service, address));
}

/** The link that a mail is about. */
export function linkIn({ text }: WrittenMail): string {
  const [link] = /^https?:\/\/\S+\?\S+$/m.exec(text) ?? [];
  if (link === undefined) throw new Error(`no link in: ${text}`);
  return link;
}
