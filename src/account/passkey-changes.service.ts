import { Injectable } from '@nestjs/common';
import { passkeyName, PasskeyRegistrations, PasskeysService } from '#authentication/index.js';
import type { PostedForm } from '#platform/http/index.js';
import type { User } from '#users/index.js';
import type { PasskeyProblem, PasskeysModel } from '#views/index.js';
import { WayRemovals } from './way-removals.service.js';

/** What became of a form of the passkeys page: what was done, or why it was not; nothing when there was nothing to do. */
export interface PasskeyChange {
  readonly done?: NonNullable<PasskeysModel['notice']>;
  readonly problem?: PasskeyProblem;
}

/** Whose passkeys are changed, and where. */
export interface PasskeyPlace {
  readonly user: User;
  readonly browser: string;
  /** The name of a passkey that nothing else names. */
  readonly fallbackName: string;
}

/** Adds, renames and removes the passkeys of a user. */
@Injectable()
export class PasskeyChanges {
  constructor(
    private readonly registrations: PasskeyRegistrations,
    private readonly passkeys: PasskeysService,
    private readonly removals: WayRemovals,
  ) {}

  make(form: PostedForm, place: PasskeyPlace): Promise<PasskeyChange> {
    switch (form.get('action')) {
      case 'passkey':
        return this.add(form, place);
      case 'rename':
        return this.rename(form, place.user.id);
      case 'remove':
        return this.remove(form.get('id') ?? '', place.user);
      default:
        return Promise.resolve({});
    }
  }

  private async add(form: PostedForm, { user, browser, fallbackName }: PasskeyPlace): Promise<PasskeyChange> {
    const typed = form.get('name')?.trim() ?? '';
    const name = passkeyName(typed);
    if (typed !== '' && name === undefined) return { problem: 'name' };
    const answer = form.get('passkey') ?? '';
    const made = await this.registrations.register({ userId: user.id, browser, answer, name, fallbackName });
    return made.outcome === 'registered' ? { done: 'added' } : { problem: made.outcome };
  }

  private async rename(form: PostedForm, userId: string): Promise<PasskeyChange> {
    const name = passkeyName(form.get('name') ?? '');
    if (name === undefined) return { problem: 'name' };
    return (await this.passkeys.rename(userId, form.get('id') ?? '', name)) ? { done: 'renamed' } : {};
  }

  private async remove(id: string, user: User): Promise<PasskeyChange> {
    const outcome = await this.removals.removePasskey(user, id);
    if (outcome === 'unknown') return {};
    return outcome === 'removed' ? { done: 'removed' } : { problem: 'needed' };
  }
}
