import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ActionLinkEntity } from './links/action-link.entity.js';
import { InvitationEntity } from './invitations/invitation.entity.js';
import { KnownBrowserEntity } from './known-browser/known-browser.entity.js';
import { UsedPasskeyChallengeEntity } from './passkey/used-passkey-challenge.entity.js';
import { MailCodeEntity } from './second-factors/mail-code.entity.js';
import { RememberedBrowserEntity } from './second-factors/remembered-browser.entity.js';
import { SprayAlarmEntity } from './spray/spray-alarm.entity.js';
import { SprayMarkEntity } from './spray/spray-mark.entity.js';
import { SetUpLinkEntity } from './set-up/set-up-link.entity.js';
import { SignInThrottleEntity } from './throttling/throttle.entity.js';

const EVERY_SECONDS = 60;

const TABLES = [
  SignInThrottleEntity,
  KnownBrowserEntity,
  SetUpLinkEntity,
  ActionLinkEntity,
  InvitationEntity,
  UsedPasskeyChallengeEntity,
  MailCodeEntity,
  RememberedBrowserEntity,
  SprayMarkEntity,
  SprayAlarmEntity,
] as const;

/** Deletes counters, marks, links and codes that have run out, in bounded batches. */
@Injectable()
export class PurgeAuthenticationJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-authentication', { everySeconds: EVERY_SECONDS, entities: TABLES });
  }
}
