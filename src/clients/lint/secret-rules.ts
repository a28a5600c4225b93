import { usesSecret } from '../client.js';
import { DAY_MS, UNUSED_DAYS, unless, type LintFacts, type LintRule } from './lint-rule.js';

const SOON_DAYS = 30;
const OLD_DAYS = 365;
const MANY = 2;

/** The secrets of the client: that one is left, and none is forgotten. */
export const SECRET_RULES: readonly LintRule[] = [
  {
    id: 'no-live-secret',
    severity: 'error',
    clause: 'RFC 6749 §2.3.1',
    find: (facts) =>
      unless(
        !usesSecret(facts.client) || live(facts).length > 0,
        'clientSecret',
        'Make a further secret: every one has ended, so the client cannot prove itself.',
      ),
  },
  {
    id: 'secret-expiring',
    severity: 'warning',
    find: (facts) => {
      const secrets = live(facts);
      const soon = secrets.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= inDays(facts, SOON_DAYS));
      const last = soon.reduce((latest, { expiresAt }) => Math.max(latest, expiresAt?.getTime() ?? 0), 0);
      return unless(
        secrets.length === 0 || soon.length < secrets.length,
        'clientSecret',
        `Make a further secret and bring it to the application: the last one ends at ${new Date(last).toISOString()}.`,
      );
    },
  },
  {
    id: 'secret-old',
    severity: 'warning',
    find: (facts) => {
      const old = live(facts).filter(({ createdAt }) => createdAt < inDays(facts, -OLD_DAYS));
      return unless(
        old.length === 0,
        'clientSecret',
        `Replace ${old.map(({ id }) => id).join(' and ')}: made more than ${OLD_DAYS} days ago, and nobody knows where it has been since.`,
      );
    },
  },
  {
    id: 'secret-unused',
    severity: 'notice',
    find: (facts) => {
      const aged = live(facts).filter(({ createdAt }) => createdAt < inDays(facts, -UNUSED_DAYS));
      const idle = aged.filter(
        ({ lastUsedAt }) => lastUsedAt === undefined || lastUsedAt < inDays(facts, -UNUSED_DAYS),
      );
      return unless(
        idle.length === 0,
        'clientSecret',
        `End ${idle.map(({ id }) => id).join(' and ')}: nobody has used it for ${UNUSED_DAYS} days.`,
      );
    },
  },
  {
    id: 'many-secrets',
    severity: 'notice',
    find: (facts) =>
      unless(
        live(facts).length <= MANY,
        'clientSecret',
        `End those that are not needed any more: ${live(facts).length} are good at once, and each can leak.`,
      ),
  },
];

function live({ client, secrets, now }: LintFacts) {
  return usesSecret(client) ? secrets.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now) : [];
}

function inDays({ now }: LintFacts, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}
