import { PasswordsService } from '#authentication/index.js';
import { ClientsService } from '#clients/index.js';
import { ForeignTokenVerifier, KeyRing } from '#keys/index.js';
import type { Settings } from '#platform/config/index.js';
import { Random, SystemClock } from '#platform/crypto/index.js';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { ENTITIES, MIGRATIONS } from '../../schema.js';
import { SettingsDatabaseProbe } from '../doctor/database-probe.js';
import { type DoctorParts, type DoctorServices, examineDeployment } from '../doctor/doctor.js';
import { NetworkProbe } from '../doctor/http-probe.js';
import type { Report } from '../doctor/report.js';
import { probeSmtp } from '../doctor/smtp-probe.js';
import { type LogSink, openService, type OpenService, type Services } from './open-service.js';

/** Examines the deployment that the settings speak of; some parts may be put in the place of the real ones. */
export async function examineFrom(settings: Settings, log: LogSink, parts: Partial<DoctorParts> = {}): Promise<Report> {
  const database = new SettingsDatabaseProbe(settings.database.url, { entities: ENTITIES, migrations: MIGRATIONS });
  let opened: Promise<OpenService> | undefined;
  const services = async (): Promise<DoctorServices> => {
    opened ??= openService(settings, log);
    return doctorServices((await opened).services);
  };
  const { caFile } = settings.outbound;
  const own = {
    settings,
    http: new NetworkProbe(caFile),
    database,
    mail: (smtpUrl: string) => probeSmtp(smtpUrl, settings.outbound),
    clock: new SystemClock(),
    services,
  };
  try {
    return await examineDeployment({ ...own, ...parts });
  } finally {
    await database.close();
    await (await opened?.catch(() => undefined))?.close();
  }
}

function doctorServices(services: Services): DoctorServices {
  return {
    ring: services(KeyRing),
    verifier: services(ForeignTokenVerifier),
    users: services(UsersService),
    passwords: services(PasswordsService),
    clients: services(ClientsService),
    sessions: services(SessionsService),
    random: services(Random),
  };
}
