import { STANDARD_SCOPES } from '#standards/oidc.js';
import type { Reading } from './environment-variable.decorator.js';
import { elements } from './readers.js';
import type { Environment } from './registration-environment.dto.js';
import { OPEN_GRANT_TYPES, readGrantTypes, readRedirectHosts, readStatementIssuers } from './registration-readers.js';
import { RegistrationSettings } from './registration-settings.js';

const UNUSED_DAYS = 90;
/** More than a test suite needs that registers a client for each of its cases. */
const REGISTRATIONS_AN_HOUR = 300;

/** Reads what the environment says about clients that register themselves; every value was found right before. */
export function registrationOf(environment: Environment): RegistrationSettings {
  const {
    CLIENT_REGISTRATION_SCOPES: scopes,
    CLIENT_REGISTRATION_OPTIONAL_SCOPES: optionalScopes,
    CLIENT_REGISTRATION_GRANT_TYPES: grantTypes,
    CLIENT_REGISTRATION_REDIRECT_HOSTS: hosts,
    SOFTWARE_STATEMENT_ISSUERS_FILE: issuers,
  } = environment;
  return new RegistrationSettings({
    scopes: scopes === undefined ? STANDARD_SCOPES : elements(scopes),
    optionalScopes: optionalScopes === undefined ? [] : elements(optionalScopes),
    grantTypes: grantTypes === undefined ? OPEN_GRANT_TYPES : value(readGrantTypes(grantTypes)),
    ...(issuers === undefined ? {} : { statementIssuersFile: issuers }),
    ...(hosts === undefined ? {} : { redirectHosts: value(readRedirectHosts(hosts)) }),
    unusedDays: Number(environment.CLIENT_REGISTRATION_UNUSED_DAYS ?? UNUSED_DAYS),
    rate: Number(environment.CLIENT_REGISTRATION_RATE ?? REGISTRATIONS_AN_HOUR),
    statementIssuers: issuers === undefined ? [] : value(readStatementIssuers(issuers)),
  });
}

function value<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(`a value that was accepted cannot be read: ${reading.problem}`);
  return reading.value;
}
