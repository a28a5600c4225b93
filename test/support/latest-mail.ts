import { DevMailbox } from '../../src/mails/dev-mailbox.js';
import type { GivenUser } from './given.js';
import type { TestService } from './start-service.js';

/** A mail as somebody reads it. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The last mail that was written to the user with this in its subject. */
export async function latestMail(service: TestService, { claims }: GivenUser, about: string): Promise<ReceivedMail> {
  const mails = await service.app.get(DevMailbox, { strict: false }).latest();
  const found = mails.find(({ letter }) => letter.to === claims.email && letter.subject.includes(about));
  if (found === undefined) throw new Error('no mail');
  return found.letter;
}
