import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { currentRequest, ProblemDetails, requestId } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import type { ChangeKind, Party, WantedChange } from '../../changes/change-request.js';
import { ChangeRequests } from '../../changes/change-requests.service.js';
import { isSensitive } from '../../changes/sensitive-change.js';
import { CallerRights } from '../caller-rights.service.js';
import { changeRequestAnswer, type ChangeRequestAnswer } from '../dto/change-request.dto.js';
import { setLocation } from '../locations.js';
import type { Plain } from '../member.decorators.js';
import { isJsonObject } from '../merge-patch.js';
import type { AdminCall } from '../requests/admin-call.js';
import { dryRunAnswer } from '../requests/dry-run.js';
import { entityTag } from '../requests/entity-tag.js';
import { keptChanges } from '../requests/recorded-act.js';
import { versionNumber } from '../version-number.js';

/** Undoes what one person alone may not do; what they wanted is kept in its place. */
export class NeedsApproval extends Error {
  override readonly name = 'NeedsApproval';

  constructor(readonly change: WantedChange) {
    super('a second person must approve it');
  }
}

type Members = Readonly<Record<string, unknown>>;

/** What is kept of what was sent; whatever a client may be is smaller. */
const LONGEST_BODY = 60_000;

/** Lets sensitive changes wait for a second person, where the company wants it so. */
@Injectable()
export class FourEyes {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly changes: ChangeRequests,
    private readonly rights: CallerRights,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Tells whether what a call does is to be looked at: before it does it, as it may be the end of this rule. */
  async watches({ facts }: AdminCall): Promise<boolean> {
    return facts.approval !== undefined && (await this.settings.read()).settings.fourEyes;
  }

  /** Tells whether what a call did needs a second person. */
  concerns({ facts }: AdminCall, before: object | undefined, answer: unknown): boolean {
    const { approval: kind } = facts;
    return kind !== undefined && isSensitive(kind, membersOf(before), isJsonObject(answer) ? answer : {});
  }

  /** Undoes what a call did, when that needs a second person. */
  check(call: AdminCall, before: object | undefined, answer: unknown): void {
    const { approval: kind } = call.facts;
    if (kind === undefined || !this.concerns(call, before, answer)) return;
    throw new NeedsApproval(this.wanted(kind, call, before, isJsonObject(answer) ? answer : {}));
  }

  /** Keeps what is wanted and answers that it waits. */
  async ask({ request, reply }: AdminCall, { change }: NeedsApproval): Promise<Plain<ChangeRequestAnswer>> {
    if (Buffer.byteLength(JSON.stringify(change.body ?? {})) > LONGEST_BODY) {
      throw new ProblemDetails({ status: 413, detail: 'What waits for an approval has at most 60,000 bytes.' });
    }
    const asked = await this.changes.ask(change, currentParty(), requestId(request));
    if (asked === undefined) {
      throw new ProblemDetails({ status: 409, detail: 'Too many of your changes wait for an approval already.' });
    }
    reply.removeHeader('etag');
    setLocation(reply, this.issuer, 'change-requests', asked.id);
    reply.code(202);
    return changeRequestAnswer(asked);
  }

  private wanted(kind: ChangeKind, call: AdminCall, before: object | undefined, after: Members): WantedChange {
    const { request, would, borne } = call;
    const { client_id: clientId, number } = request.params as { readonly client_id?: string; readonly number?: string };
    const body = this.bodyOf(kind, request);
    const { changes } = dryRunAnswer({ would, body, before, after, type: borne });
    const owner = membersOf(before)['owner'] ?? membersOf(body)['owner'];
    return {
      kind,
      clientId: clientId ?? textOf(membersOf(body)['client_id']),
      ownerId: textOf(owner),
      version: number === undefined ? undefined : versionNumber(number),
      body,
      ...keptChanges(changes),
      baseTag: before === undefined ? undefined : entityTag(before).slice(1, -1),
    };
  }

  /** What was sent, with what follows from who sent it: whoever approves it later is somebody else. */
  private bodyOf(kind: ChangeKind, request: FastifyRequest): object | undefined {
    const { body } = request;
    if (!isJsonObject(body)) return undefined;
    const owner = kind === 'client.register' ? this.rights.onlyOwner(request) : undefined;
    return owner === undefined ? body : { ...body, owner };
  }
}

/** Who makes the request that is being answered: a person, or a program by itself. */
export function currentParty(): Party {
  const { kind, id } = currentRequest()?.actor ?? {};
  if (kind === undefined || id === undefined) throw new Error('nobody asks for this');
  return { kind, id };
}

function membersOf(value: object | undefined): Members {
  return isJsonObject(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
