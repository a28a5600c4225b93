import { validateSync } from 'class-validator';
import { Environment } from './registration-environment.dto.js';
import { environmentVariables } from './environment-variable.decorator.js';
import { certificatesProblem, fileProblem, keyPairProblem, logoProblem, placesProblem } from './files.js';
import { statementIssuersProblem } from './registration-readers.js';
import type { SettingsProblem } from './settings-error.js';

type Name = keyof Environment;

/** What is wrong so far, one entry a fault, in the order of the documentation. */
export class Problems {
  private readonly found: SettingsProblem[] = [];

  /** Notes a fault; without a remedy of its own, the documentation says what would do. */
  add(name: Name, problem: string, remedy?: string): void {
    const accepts = environmentVariables().find((variable) => variable.name === name)?.accepts ?? 'another value';
    this.found.push({ name, problem, remedy: remedy ?? `Set it to ${accepts}.` });
  }

  addIf(problem: string | undefined, name: Name, remedy?: string): void {
    if (problem !== undefined) this.add(name, problem, remedy);
  }

  has(name: Name): boolean {
    return this.found.some((problem) => problem.name === name);
  }

  list(): SettingsProblem[] {
    const order = environmentVariables().map(({ name }) => name);
    return this.found.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  }
}

/** Finds what is wrong with each variable alone. */
export function judgeEach(environment: Environment, problems: Problems): void {
  for (const { property, constraints } of validateSync(environment)) {
    const [complaint] = Object.values(constraints ?? {});
    problems.addIf(complaint, property as Name);
  }
}

/** Finds what is wrong with the files that are named. */
export function judgeFiles(environment: Environment, problems: Problems): void {
  const judges: [Name, (file: string) => string | undefined][] = [
    ['TLS_CERT_FILE', fileProblem],
    ['TLS_KEY_FILE', fileProblem],
    ['SEED_FILE', fileProblem],
    ['OUTBOUND_CA_FILE', certificatesProblem],
    ['COMPANY_LOGO_FILE', logoProblem],
    ['GEOIP_FILE', placesProblem],
    ['SOFTWARE_STATEMENT_ISSUERS_FILE', statementIssuersProblem],
  ];
  for (const [name, judge] of judges) {
    const file = environment[name];
    if (file !== undefined && !problems.has(name)) problems.addIf(judge(file), name);
  }
  const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key } = environment;
  if (cert === undefined || key === undefined || problems.has('TLS_CERT_FILE') || problems.has('TLS_KEY_FILE')) return;
  problems.addIf(keyPairProblem(cert, key), 'TLS_CERT_FILE');
}

/** Finds variables that are nothing without each other. */
export function judgePairs(environment: Environment, problems: Problems): void {
  const pairs: [Name, Name][] = [
    ['TLS_CERT_FILE', 'TLS_KEY_FILE'],
    ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
    ['ADMIN_CLIENT_ID', 'ADMIN_CLIENT_SECRET'],
    ['CAPTCHA_PROVIDER', 'CAPTCHA_SITE_KEY'],
    ['CAPTCHA_PROVIDER', 'CAPTCHA_SECRET'],
  ];
  for (const [one, other] of pairs) {
    if (environment[one] !== undefined && environment[other] === undefined) {
      problems.add(other, `is missing, although ${one} is set`, `Set it too, or remove ${one}.`);
    }
    if (environment[other] !== undefined && environment[one] === undefined) {
      problems.add(one, `is missing, although ${other} is set`, `Set it too, or remove ${other}.`);
    }
  }
}
