import type { KeyRing } from '#keys/index.js';
import type { Settings } from '#platform/config/index.js';
import type { Clock } from '#platform/crypto/index.js';
import type { Check } from './check.js';
import { ClockCheck } from './checks/clock.check.js';
import { DatabaseCheck, DatabaseClockCheck, SchemaCheck } from './checks/database.checks.js';
import { HttpsCheck } from './checks/https.check.js';
import { JwksCheck, KeysCheck, SecretKeysCheck } from './checks/keys.checks.js';
import { MailCheck, type MailProbe } from './checks/mail.check.js';
import { MetadataCheck } from './checks/metadata.check.js';
import { ProxyCheck, type ProxyServices } from './checks/proxy.check.js';
import { ServiceCheck } from './checks/service.check.js';
import { SignInCheck, type SignInServices } from './checks/sign-in.check.js';
import type { DatabaseProbe } from './database-probe.js';
import { examine } from './examination.js';
import type { HttpProbe } from './http-probe.js';
import { type Report, reportOf } from './report.js';

/** The inside of the service, as far as the doctor needs it. */
export type DoctorServices = ProxyServices & SignInServices & { readonly ring: KeyRing };

/** What a deployment is examined with; each part can be put in the place of the real one. */
export interface DoctorParts {
  readonly settings: Pick<Settings, 'issuer' | 'mail'>;
  readonly http: HttpProbe;
  readonly database: DatabaseProbe;
  readonly mail: MailProbe;
  readonly clock: Clock;
  /** Opens the inside; asked only once the database is known to be usable. */
  readonly services: () => Promise<DoctorServices>;
}

/** Examines a running deployment from outside and inside. */
export async function examineDeployment(parts: DoctorParts): Promise<Report> {
  return reportOf(parts.settings.issuer.issuer, await examine(checksOf(parts)));
}

function checksOf({ settings: { issuer, mail }, http, database, mail: smtp, clock, services }: DoctorParts): Check[] {
  const ring = async () => (await services()).ring;
  return [
    new ServiceCheck(issuer, http),
    new MetadataCheck(issuer, http),
    new HttpsCheck(issuer, http, clock),
    new ClockCheck(issuer, http, clock),
    new DatabaseCheck(database),
    new DatabaseClockCheck(database, clock),
    new SchemaCheck(database),
    new KeysCheck(ring),
    new SecretKeysCheck(ring),
    new JwksCheck(issuer, http, ring, clock),
    new MailCheck(mail, smtp),
    new ProxyCheck(issuer, http, services),
    new SignInCheck({ issuer, http, clock }, services),
  ];
}
