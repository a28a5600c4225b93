import type { ConsentReceipt, VerifiedReceipt } from '#consent/index.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  ObjectMapMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** The receipt of a decision, as it is listed. */
export class ConsentReceiptItem {
  @TextMember({ about: 'The id of the receipt.', required: true })
  id!: string;

  @TextMember({ about: 'The id of the user who decided.', required: true })
  user_id!: string;

  @TextMember({ about: 'The id of the client that asked.', required: true })
  client_id!: string;

  @TextMember({ about: 'The id of the session in which it was decided.', required: true })
  session_id!: string;

  @ChoiceMember(['allow', 'deny'], { about: 'What was decided.', required: true })
  decision!: ConsentReceipt['decision'];

  @TextMember({ about: 'The receipt as it was signed: a compact JWS (RFC 7515 §3.1).', required: true })
  receipt!: string;

  @CreatedAt()
  created_at!: string;

  @InstantMember({
    about: 'When it goes; null as long as what was allowed has no end.',
    required: true,
    nullable: true,
  })
  expires_at!: string | null;
}

/** The receipt of a decision, checked. */
export class ConsentReceiptAnswer extends ConsentReceiptItem {
  @FlagMember({
    about: 'Whether it is as it was signed, and what stands beside the signed text agrees.',
    required: true,
  })
  valid!: boolean;

  @ObjectMapMember({ about: 'What it says, if it is valid: what was shown, in which language, what was decided.' })
  contents?: Readonly<Record<string, unknown>>;
}

/** A receipt as it is listed. */
export function consentReceiptItem(receipt: ConsentReceipt): Plain<ConsentReceiptItem> {
  const { id, userId, clientId, sessionId, decision, jws, createdAt, expiresAt } = receipt;
  return {
    ...{ id, user_id: userId, client_id: clientId, session_id: sessionId, decision, receipt: jws },
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
  };
}

/** A receipt as it is answered alone. */
export function consentReceiptAnswer(
  receipt: ConsentReceipt,
  verified: VerifiedReceipt | undefined,
): Plain<ConsentReceiptAnswer> {
  const contents = verified === undefined ? {} : { contents: verified.contents };
  return { ...consentReceiptItem(receipt), valid: verified !== undefined, ...contents };
}
