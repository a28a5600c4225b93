import { type Check, type Finding, type Judgement, red } from './check.js';

/** Asks every question in its order; what rests on a red line is not asked, so that one fault is one red line. */
export async function examine(checks: readonly Check[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const unmet = check.needs.filter((name) => findings.some((finding) => finding.check === name && isBad(finding)));
    findings.push(unmet.length > 0 ? skipped(check, unmet) : { check: check.name, ...(await judged(check)) });
  }
  return findings;
}

/** Whether nothing is red. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict !== 'red');
}

function isBad({ verdict }: Finding): boolean {
  return verdict === 'red' || verdict === 'skipped';
}

function skipped({ name }: Check, unmet: readonly string[]): Finding {
  return { check: name, verdict: 'skipped', says: `not examined: first ${unmet.join(', ')}` };
}

async function judged(check: Check): Promise<Judgement> {
  try {
    return await check.examine();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return red(
      `the check itself failed: ${reason}`,
      'Run the doctor again; if it stays, this is a fault of Gatehouse.',
    );
  }
}
