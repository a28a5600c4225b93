/** What became of one scope or claim in a decision. */
export interface ReceiptScope {
  readonly name: string;
  /** Allowed or not by this decision, or by an earlier one. */
  readonly decision: 'allowed' | 'denied' | 'allowed_earlier';
  readonly textVersion: number;
  readonly meaningVersion: number;
}

/** What a decision was made on: what the page said, in order, and what was decided. */
export interface ReceiptFacts {
  readonly userId: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly client: {
    readonly name: string;
    readonly host: string | undefined;
    readonly version: number;
    readonly updatedAt: Date;
  };
  readonly language: string;
  readonly decision: 'allow' | 'deny';
  readonly duration?: string | undefined;
  /** Until when it is allowed; absent for until it is taken back. */
  readonly expiresAt?: Date | undefined;
  readonly scopes: readonly ReceiptScope[];
  /** The strings of the page, as they were rendered. */
  readonly text: readonly string[];
}

/** The signed record of one decision. */
export interface ConsentReceipt {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly decision: 'allow' | 'deny';
  readonly createdAt: Date;
  /** When it goes; absent as long as what was allowed has no end. */
  readonly expiresAt: Date | undefined;
  /** The compact JWS (RFC 7515 §3.1). */
  readonly jws: string;
}

/** How many bytes of text a receipt holds; no page that somebody reads has as much. */
const MOST_TEXT_BYTES = 30_000;

/** A receipt as it is signed. */
export function receiptClaims(facts: ReceiptFacts): Record<string, unknown> {
  const { client, scopes, expiresAt } = facts;
  return {
    sub: facts.userId,
    client_id: facts.clientId,
    client: {
      name: client.name,
      host: client.host,
      version: client.version,
      updated_at: client.updatedAt.toISOString(),
    },
    sid: facts.sessionId,
    language: facts.language,
    decision: facts.decision,
    ...(facts.duration === undefined ? {} : { duration: facts.duration }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt.toISOString() }),
    scopes: scopes.map(({ name, decision, textVersion, meaningVersion }) => {
      return { name, decision, text_version: textVersion, meaning_version: meaningVersion };
    }),
    ...fittingText(facts.text),
  };
}

/** The text as far as a row can hold it, and whether that is not all. */
function fittingText(text: readonly string[]): { readonly text: readonly string[]; readonly text_cut?: true } {
  let left = MOST_TEXT_BYTES;
  const fitting = text.filter((line) => (left -= Buffer.byteLength(line)) >= 0);
  return fitting.length === text.length ? { text } : { text: fitting, text_cut: true };
}
