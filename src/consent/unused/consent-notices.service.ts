import { Injectable } from '@nestjs/common';
import { ConsentUsesRepository } from '../uses/consent-uses.repository.js';
import type { Notices } from './unused-approvals.js';

/** What users were told of approvals that nobody uses. */
@Injectable()
export class ConsentNotices {
  constructor(private readonly uses: ConsentUsesRepository) {}

  /** Of consents, by their ids. */
  of(consentIds: readonly string[]): Promise<ReadonlyMap<string, Notices>> {
    return this.uses.findNotices(consentIds);
  }

  /** Notes what a user is told; only the job that tells them does. */
  note(consentId: string, notices: Notices): Promise<void> {
    return this.uses.noteNotices(consentId, notices);
  }
}
