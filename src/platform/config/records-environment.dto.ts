import { Readable, variablesOf } from './environment-variable.decorator.js';
import { ExtensionEnvironment } from './extension-environment.dto.js';
import { readNumber } from './readers.js';

const Records = variablesOf('What is kept');

const MOST_DAYS = 3650;

/** The environment of the service, and how long it keeps what happened. */
export class RecordsEnvironment extends ExtensionEnvironment {
  @Records(
    'For how many days it is kept what happened to users and clients: sign-ins, refusals, changes, approvals.',
    `a whole number from 1 to ${MOST_DAYS}`,
    { fallback: '400' },
  )
  @Readable(readNumber(1, MOST_DAYS))
  AUDIT_RETENTION_DAYS?: string;
}
