import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { FeatureSettings } from '#platform/config/index.js';
import { Transactions, type TransactionChoices } from '#platform/database/index.js';
import { ProblemDetails, rawPath } from '#platform/http/index.js';
import { CallerRights } from '../caller-rights.service.js';
import { NeedsApproval } from '../approvals/four-eyes.service.js';
import { AdminActs } from './admin-acts.service.js';
import { AdminCall } from './admin-call.js';
import { dryRunAnswer, readDryRun, type DryRunAnswer } from './dry-run.js';
import { entityTag } from './entity-tag.js';
import { keyUse, readIdempotencyKey, type KeyUse } from './idempotency-key.js';
import { KeptAnswers, type KeptAnswer } from './kept-answers.service.js';
import {
  failedPrecondition,
  isConditional,
  preconditionFailed,
  readPreconditions,
  type Preconditions,
} from './preconditions.js';
import { Representations } from './representations.service.js';
import { untilFresh } from './until-fresh.js';

/** What holds for every request of the admin API: entity tags, preconditions, Idempotency-Key, dry runs, the record of what is done. */
@Injectable()
export class AdminRequests implements NestInterceptor {
  constructor(
    private readonly representations: Representations,
    private readonly kept: KeptAnswers,
    private readonly transactions: Transactions,
    private readonly rights: CallerRights,
    private readonly acts: AdminActs,
    private readonly features: FeatureSettings,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const call = new AdminCall(context, this.representations, () => lastValueFrom(next.handle()));
    if (call.facts.reads === true) return of(await this.ask(call));
    const preconditions = readPreconditions(call.request.headers);
    return of(await (call.reads ? this.read(call, preconditions) : this.write(call, preconditions)));
  }

  /** A POST that only asks: a caller who repeats it under the same key is told the same again. */
  private ask(call: AdminCall): Promise<unknown> {
    const key = readIdempotencyKey(call.request.headers['idempotency-key']);
    return key === undefined ? call.handle() : this.once(call, key, () => call.handle(), {});
  }

  private async read(call: AdminCall, preconditions: Preconditions): Promise<unknown> {
    const body = await call.handle();
    // A list has no entity tag: what it holds changes with each record.
    if (call.facts.answer === undefined) return body;
    const tag = entityTag(body as object);
    call.reply.header('etag', tag);
    const failed = failedPrecondition(preconditions, tag);
    if (failed === 'If-Match') throw preconditionFailed(failed);
    if (failed === undefined) return body;
    call.reply.code(304);
    return undefined;
  }

  private async write(call: AdminCall, preconditions: Preconditions): Promise<unknown> {
    const dryRun = readDryRun(call.request.query);
    const key = call.posts ? readIdempotencyKey(call.request.headers['idempotency-key']) : undefined;
    this.requireIfMatch(call, preconditions);
    if (call.facts.sends === true) return this.send(call, dryRun || key !== undefined);
    if (dryRun) return this.rehearse(call, preconditions);
    try {
      return await this.perform(call, preconditions, key);
    } catch (error) {
      if (!(error instanceof NeedsApproval)) throw error;
      return this.propose(call, error, key);
    }
  }

  private perform(call: AdminCall, preconditions: Preconditions, key: string | undefined): Promise<unknown> {
    if (key !== undefined) return this.once(call, key, () => this.checked(call, preconditions), preconditions);
    // Each line of a file stands for itself, so a file is in no transaction either.
    if (call.facts.alsoSends !== undefined && !isConditional(preconditions)) return this.acts.recorded(call);
    const work = () => this.checked(call, preconditions);
    return untilFresh(() => this.transactions.run(work, choicesFor(preconditions)));
  }

  /** What goes outside is in no transaction, so it can be neither rehearsed nor done once for all. */
  private send(call: AdminCall, conditional: boolean): Promise<unknown> {
    if (!conditional) return this.acts.recorded(call);
    const detail = 'It is sent as soon as it is asked for: without dry_run and Idempotency-Key.';
    throw new ProblemDetails({ status: 400, detail });
  }

  private async checked(call: AdminCall, preconditions: Preconditions): Promise<unknown> {
    if (isConditional(preconditions)) judge(preconditions, await call.here?.read());
    return this.acts.recorded(call);
  }

  /** What was asked for is undone by now; that somebody asks for it is kept in its place. */
  private propose(call: AdminCall, error: NeedsApproval, key: string | undefined): Promise<unknown> {
    const work = () => this.acts.asked(call, error);
    return key === undefined ? this.transactions.run(work) : this.once(call, key, work, {});
  }

  /** The answer of the first request with this key, again or now. */
  private async once(
    call: AdminCall,
    key: string,
    act: () => Promise<unknown>,
    preconditions: Preconditions,
  ): Promise<unknown> {
    const use = await this.useOf(key, call);
    const work = async (): Promise<KeptAnswer> => call.answer(await act());
    const answer = await untilFresh(() => this.kept.once(use, work, choicesFor(preconditions)));
    call.reply.code(answer.status).headers(answer.headers);
    return answer.body;
  }

  private async useOf(key: string, { request }: AdminCall): Promise<KeyUse> {
    const { method, query, body } = request;
    const caller = await this.rights.identity(request);
    return keyUse(key, { ...caller, method, path: rawPath(request), query, body });
  }

  private async rehearse(call: AdminCall, preconditions: Preconditions): Promise<DryRunAnswer> {
    const { request, reply, here } = call;
    const { before, after, waits } = await untilFresh(() =>
      this.transactions.rehearse(async () => {
        const present = await here?.read();
        judge(preconditions, present);
        const watched = await this.acts.watches(call);
        const done: unknown = await call.handle();
        return { before: present, after: done, waits: watched && this.acts.needsApproval(call, present, done) };
      }),
    );
    reply.removeHeader('location').code(200);
    if (before !== undefined) reply.header('etag', entityTag(before));
    const { would } = call;
    // Whoever may end a record may not see it by that alone.
    const seen = would !== 'delete' || (here !== undefined && (await this.rights.bears(request, here.scope)));
    const rehearsal = { would, body: request.body, before: seen ? before : undefined, after, type: call.borne };
    return { ...dryRunAnswer(rehearsal), ...(waits && { needs_approval: true }) };
  }

  // RFC 6585 §3
  private requireIfMatch(call: AdminCall, { ifMatch }: Preconditions): void {
    if (!this.features.requireIfMatch || call.posts || call.here === undefined || ifMatch !== undefined) return;
    throw new ProblemDetails({ status: 428, detail: 'Send If-Match with the ETag of what you mean to change.' });
  }
}

/** What a precondition was found to hold of must still be so when the write is kept. */
function choicesFor(preconditions: Preconditions): TransactionChoices {
  return isConditional(preconditions) ? { isolation: 'SERIALIZABLE' } : {};
}

function judge(preconditions: Preconditions, present: object | undefined): void {
  const failed = failedPrecondition(preconditions, present && entityTag(present));
  if (failed !== undefined) throw preconditionFailed(failed);
}
