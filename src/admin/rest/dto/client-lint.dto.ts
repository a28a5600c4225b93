import { LINT_SEVERITIES, type LintFinding, type LintSeverity } from '#clients/index.js';
import { ChoiceMember, FlagMember, ObjectListMember, TextMember, type Plain } from '../member.decorators.js';

/** Something about a client that should be otherwise. */
export class LintFindingAnswer {
  @TextMember({ about: 'The id of the rule that found it; it stays the same.', required: true })
  rule!: string;

  @ChoiceMember(LINT_SEVERITIES, {
    about: 'Whether it is to be mended now, to be mended soon, or to be thought about.',
    required: true,
  })
  severity!: LintSeverity;

  @TextMember({ about: 'Where it is written, if a standard says so.' })
  clause?: string;

  @TextMember({ about: 'The member that it is about (RFC 6901 §6); client_secret for its secrets.', required: true })
  pointer!: string;

  @TextMember({ about: 'What to do, and why.', required: true })
  advice!: string;
}

/** What there is to say about a client. */
export class ClientLintAnswer {
  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @FlagMember({ about: 'Whether its addresses were asked if anybody answers there.', required: true })
  reached!: boolean;

  @ObjectListMember(LintFindingAnswer, { about: 'What to mend, what matters most first.', required: true })
  findings!: readonly Plain<LintFindingAnswer>[];
}

/** Findings as they are answered. */
export function clientLintAnswer(
  clientId: string,
  reached: boolean,
  findings: readonly LintFinding[],
): Plain<ClientLintAnswer> {
  return { client_id: clientId, reached, findings };
}
