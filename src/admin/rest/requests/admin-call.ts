import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MessageClass } from '../member.decorators.js';
import { OperationOf, type OperationFacts } from '../operation.js';
import type { DryRunAnswer } from './dry-run.js';
import { entityTag } from './entity-tag.js';
import type { KeptAnswer } from './kept-answers.service.js';
import { representationIn, type Representation, type Representations } from './representations.service.js';

/** One request of the admin API, with what is known of its operation. */
export class AdminCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly facts: OperationFacts;
  /** What a GET of the same address answers. */
  readonly here: Representation | undefined;
  /** What a GET answers of what the answer bears. */
  readonly borne: MessageClass | undefined;

  constructor(
    context: ExecutionContext,
    representations: Representations,
    readonly handle: () => Promise<unknown>,
  ) {
    this.request = context.switchToHttp().getRequest<FastifyRequest>();
    this.reply = context.switchToHttp().getResponse<FastifyReply>();
    this.facts = Reflect.getMetadata(OperationOf.KEY, context.getHandler()) as OperationFacts;
    this.here = representations.at(context);
    this.borne = representations.borneBy(context, this.facts);
  }

  get reads(): boolean {
    return this.request.method === 'GET' || this.request.method === 'HEAD';
  }

  get posts(): boolean {
    return this.request.method === 'POST';
  }

  /** What the operation does to what it is about. */
  get would(): DryRunAnswer['would'] {
    if (this.request.method === 'DELETE') return 'delete';
    return this.facts.status === 201 ? 'create' : 'update';
  }

  /** Does what is asked and sets the tag that a GET of the result has (RFC 9110 §15.3.2). */
  async execute(): Promise<unknown> {
    const body = await this.handle();
    if (this.borne !== undefined) this.reply.header('etag', entityTag(representationIn(body as object, this.borne)));
    return body;
  }

  /** The answer as it can be given again. */
  answer(body: unknown): KeptAnswer {
    const headers = ['location', 'etag'].flatMap((name) => {
      const value = this.reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    });
    return { status: this.reply.statusCode, headers: Object.fromEntries(headers) as KeptAnswer['headers'], body };
  }
}
