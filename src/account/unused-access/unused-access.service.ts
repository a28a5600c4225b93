import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import { ConsentNotices, ConsentService, type Consent, type Notices } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanySettingsService, type CompanySettings } from '#settings/index.js';
import { due, namesOf, removalDay, unusedAccess, type UnusedAccess, type UnusedAccessRules } from './unused-access.js';

/** Access of one application that nobody uses, with what was told of it. */
export interface FoundUnused {
  readonly consent: Consent;
  readonly client: Client | undefined;
  readonly access: UnusedAccess;
  readonly notices: Notices;
  /** When it will be removed; undefined as long as that is not said. */
  readonly removedOn: Date | undefined;
}

/** Finds access that nobody uses, and takes it back. */
@Injectable()
export class UnusedAccessService {
  constructor(
    private readonly consents: ConsentService,
    private readonly notices: ConsentNotices,
    private readonly clients: ClientsService,
    private readonly settings: CompanySettingsService,
    private readonly clock: Clock,
  ) {}

  /** What the company has decided; undefined where unused access is nobody's concern. */
  async rules(): Promise<UnusedAccessRules | undefined> {
    return rulesFrom(await this.settings.current(), this.clock.now());
  }

  /** Those of the consents that nobody uses, all or in part. */
  async among(consents: readonly Consent[], rules: UnusedAccessRules | undefined): Promise<FoundUnused[]> {
    if (rules === undefined || consents.length === 0) return [];
    const clients = await this.clients.findMany([...new Set(consents.map(({ clientId }) => clientId))]);
    const known = new Map(clients.map((client) => [client.clientId, client]));
    const told = await this.notices.of(consents.map(({ id }) => id));
    return consents.flatMap((consent) => {
      const client = known.get(consent.clientId);
      const access = unusedAccess(consent, client, rules);
      if (access === undefined) return [];
      const notices = told.get(consent.id) ?? {};
      return [{ consent, client, access, notices, removedOn: removalDay(access, notices, rules) }];
    });
  }

  /** Takes back everything that a user's applications do not use; says whether there was anything. */
  async takeBack(userId: string): Promise<boolean> {
    const rules = await this.rules();
    let any = false;
    for (const { consent, client } of await this.among(await this.consents.listByUser(userId), rules)) {
      const ended = await this.consents.endWhere(consent.id, (present) => {
        const access = rules && unusedAccess(present, client, rules);
        return access === undefined ? [] : namesOf(present, access);
      });
      any ||= ended;
    }
    return any;
  }

  /** Removes what is due of an application's access, if nobody uses it by now either. */
  removeDue({ consent, client, notices }: FoundUnused, rules: UnusedAccessRules): Promise<boolean> {
    return this.consents.endWhere(consent.id, (present) => {
      const access = unusedAccess(present, client, rules);
      const names = access === undefined ? [] : due(access, notices, rules).due;
      return access?.all === true && names.length > 0 ? namesOf(present, access) : names;
    });
  }
}

function rulesFrom(settings: CompanySettings, now: Date): UnusedAccessRules | undefined {
  const { unusedAccess: choice, unusedAccessDays: days, unusedAccessNoticeDays } = settings;
  if (choice === 'off') return undefined;
  return { days, noticeDays: choice === 'remove' ? unusedAccessNoticeDays : undefined, now };
}
