import { Injectable } from '@nestjs/common';
import type { SignatureDoubt } from '#keys/index.js';
import { RetentionSettings } from '#platform/config/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import type { Page, PageRequest } from '#platform/database/index.js';
import type { ConsentReceiptRow } from './consent-receipt.entity.js';
import { receiptClaims, type ConsentReceipt, type ReceiptFacts } from './consent-receipt.js';
import { ConsentReceiptsRepository, type ReceiptFilter } from './consent-receipts.repository.js';
import { ReceiptSignatures, type VerifiedReceipt } from './receipt-signatures.service.js';

const DAY_MS = 86_400_000;

/** The signed receipts of decisions: made with each, kept for years after what they allowed has ended, checked at any time. */
@Injectable()
export class ConsentReceiptsService {
  constructor(
    private readonly receipts: ConsentReceiptsRepository,
    private readonly signatures: ReceiptSignatures,
    private readonly retention: RetentionSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes the receipt of a decision; called in the transaction that remembers it. */
  async record(facts: ReceiptFacts): Promise<void> {
    const { userId, clientId, sessionId, decision } = facts;
    const [id, createdAt] = [this.random.id(), this.clock.now()];
    const jws = await this.signatures.sign({ jti: id, iat: seconds(createdAt), ...receiptClaims(facts) });
    const allowed = namesOf(facts, 'allowed');
    const expiresAt = this.endOf(facts, createdAt);
    await this.settleReplaced(facts);
    await this.receipts.add({ id, userId, clientId, sessionId, decision, allowed, jws, createdAt, expiresAt });
  }

  /** The latest receipts of a user, the newest first. */
  async latestOf(userId: string, most: number): Promise<ConsentReceipt[]> {
    return (await this.receipts.findByUser(userId, most)).map(receiptFrom);
  }

  /** One page of the receipts that fit the filter, the newest first. */
  async list(filter: ReceiptFilter, request: PageRequest): Promise<Page<ConsentReceipt>> {
    const page = await this.receipts.list(filter, request);
    return { ...page, items: page.items.map(receiptFrom) };
  }

  async find(id: string): Promise<ConsentReceipt | undefined> {
    const row = await this.receipts.find(id);
    return row && receiptFrom(row);
  }

  /** What a receipt says, if it is ours and nobody has changed it; also long after its key was followed by another. */
  verify(jws: string): Promise<VerifiedReceipt | undefined> {
    return this.signatures.verify(jws);
  }

  /** What a receipt that was refused looks like: made elsewhere, or changed. */
  doubt(jws: string): Promise<SignatureDoubt> {
    return this.signatures.doubt(jws);
  }

  /** What one that is kept says: what stands beside the signed text must agree with it. */
  async verifyKept(receipt: ConsentReceipt): Promise<VerifiedReceipt | undefined> {
    const verified = await this.verify(receipt.jws);
    return verified !== undefined && agrees(receipt, verified.contents) ? verified : undefined;
  }

  /** What was allowed has ended, so that its receipts are kept for the time after that. */
  async end(filter: ReceiptFilter): Promise<void> {
    await this.receipts.end(filter, this.keptFrom(this.clock.now()));
  }

  private endOf(facts: ReceiptFacts, now: Date): Date | null {
    if (namesOf(facts, 'allowed').length === 0) return this.keptFrom(now);
    return facts.expiresAt === undefined ? null : this.keptFrom(facts.expiresAt);
  }

  private keptFrom(end: Date): Date {
    return new Date(end.getTime() + this.retention.receiptDays * DAY_MS);
  }

  /** What is decided anew rests on the new receipt, so that deciding again and again leaves nothing without an end. */
  private async settleReplaced(facts: ReceiptFacts): Promise<void> {
    const decided = new Set([...namesOf(facts, 'allowed'), ...namesOf(facts, 'denied')]);
    if (facts.decision === 'deny') return;
    const endless = await this.receipts.findEndless(facts.userId, facts.clientId);
    const replaced = endless.filter(({ allowed }) => allowed.every((name) => decided.has(name)));
    for (const { id } of replaced) await this.receipts.endOne(id, this.keptFrom(this.clock.now()));
  }
}

function namesOf({ scopes }: ReceiptFacts, decision: ReceiptFacts['scopes'][number]['decision']): string[] {
  return scopes.filter((scope) => scope.decision === decision).map(({ name }) => name);
}

function agrees(receipt: ConsentReceipt, contents: Readonly<Record<string, unknown>>): boolean {
  const { id, userId, clientId, sessionId, decision, createdAt } = receipt;
  const beside = { jti: id, sub: userId, client_id: clientId, sid: sessionId, decision, iat: seconds(createdAt) };
  return Object.entries(beside).every(([name, value]) => contents[name] === value);
}

function receiptFrom({ allowed: _known, expiresAt, ...row }: ConsentReceiptRow): ConsentReceipt {
  return { ...row, expiresAt: expiresAt ?? undefined };
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
