import type { ExplanationRow } from '#explanations/index.js';
import { explanationWords } from '../../explanations/explanation-words.js';
import { MapMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** Why a request of a client was refused. */
export class ExplanationAnswer {
  @TextMember({ about: 'The code that the error page or the header X-Request-Id told.', required: true })
  support_code!: string;

  @TextMember({ about: 'The error that the client was told.', required: true })
  error!: string;

  @TextMember({ about: 'What was wrong, in words.', required: true })
  explanation!: string;

  @TextMember({ about: 'Where the standard says it.', required: true })
  clause!: string;

  @TextMember({ about: 'The rule that decided, where it said what it saw.' })
  rule?: string;

  @TextMember({ about: 'The id of the client, where it is known.' })
  client_id?: string;

  @MapMember({ about: 'What the rule saw; never a secret.', required: true })
  facts!: Readonly<Record<string, unknown>>;

  @CreatedAt()
  created_at!: string;
}

/** Why a request of a client was refused. */
export function explanationAnswer(row: ExplanationRow): Plain<ExplanationAnswer> {
  const { supportCode, error, rule, clause, clientId, createdAt } = row;
  const facts: Readonly<Record<string, unknown>> = { ...row.facts };
  return {
    support_code: supportCode,
    error,
    explanation: explanationWords(rule, clause, facts),
    clause,
    ...(rule !== null && { rule }),
    ...(clientId !== null && { client_id: clientId }),
    facts,
    created_at: createdAt.toISOString(),
  };
}
