import type { Finding } from './check.js';
import { isHealthy } from './examination.js';

/** What the doctor found, for machines. */
export interface Report {
  readonly issuer: string;
  readonly healthy: boolean;
  readonly checks: readonly Finding[];
}

const MARKS = { green: 'ok', note: 'note', red: 'RED', skipped: '-' } as const;

/** Puts the findings together. */
export function reportOf(issuer: string, checks: readonly Finding[]): Report {
  return { issuer, healthy: isHealthy(checks), checks };
}

/** The report for people: a line for each check, and below each red one what to do. */
export function reportLines({ issuer, healthy, checks }: Report): string[] {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ check, verdict, says, remedy }) => {
    const line = `  ${MARKS[verdict].padEnd(5)} ${check.padEnd(width)}  ${says}`;
    return remedy === undefined ? [line] : [line, `${' '.repeat(width + 10)}→ ${remedy}`];
  });
  const reds = checks.filter(({ verdict }) => verdict === 'red').length;
  const sum = healthy ? 'Nothing is red.' : `${reds} of ${checks.length} lines ${reds === 1 ? 'is' : 'are'} red.`;
  return [`Examination of ${issuer}`, '', ...lines, '', sum];
}
