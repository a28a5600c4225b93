import { wireName, type ClientMetadata } from '../client-metadata.js';
import { LOGOUT_RULES } from './logout-rules.js';
import { LINT_SEVERITIES, type LintFacts, type LintRule, type LintSeverity } from './lint-rule.js';
import { PEOPLE_RULES } from './people-rules.js';
import { PROTECTION_RULES } from './protection-rules.js';
import { REDIRECT_RULES } from './redirect-rules.js';
import { SCOPE_RULES } from './scope-rules.js';
import { SECRET_RULES } from './secret-rules.js';
import { TOKEN_RULES } from './token-rules.js';

/** Every rule by which a client is looked at. */
export const LINT_RULES: readonly LintRule[] = [
  ...REDIRECT_RULES,
  ...PROTECTION_RULES,
  ...TOKEN_RULES,
  ...SECRET_RULES,
  ...LOGOUT_RULES,
  ...SCOPE_RULES,
  ...PEOPLE_RULES,
];

/** Something about a client that should be otherwise, though nothing forbids it. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: LintSeverity;
  readonly clause?: string;
  readonly pointer: string;
  readonly advice: string;
}

/** Says what should be otherwise about a client, what matters most first. */
export function lintClient(facts: LintFacts): LintFinding[] {
  const findings = LINT_RULES.flatMap(({ id, severity, clause, find }) =>
    find(facts).map(([member, advice, below = '']): LintFinding => ({
      ...{ rule: id, severity, advice },
      ...(clause === undefined ? {} : { clause }),
      pointer: `#/${wireName(member as keyof ClientMetadata)}${below}`,
    })),
  );
  const rank = ({ severity }: LintFinding): number => LINT_SEVERITIES.indexOf(severity);
  return findings.sort((one, other) => rank(one) - rank(other));
}
