import { Injectable } from '@nestjs/common';
import { EventBus } from '#platform/events/index.js';
import { ProblemDetails, rawPath } from '#platform/http/index.js';
import type { Party } from '../../changes/change-request.js';
import { FourEyes, type NeedsApproval } from '../approvals/four-eyes.service.js';
import { isJsonObject } from '../merge-patch.js';
import type { AdminCall } from './admin-call.js';
import { recordedChanges } from './recorded-act.js';
import { representationIn } from './representations.service.js';

/** Something that was done through one of the doors of an administrator. */
export interface AdminAct {
  /** `create`, `update`, `delete`, or the words of a command. */
  readonly act: string;
  /** What it was done to, as an address of the API or a command names it. */
  readonly target: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  /** Who had asked for it, where somebody else approved. */
  readonly requestedBy?: Party | undefined;
}

/** Keeps what administrators do, in the transaction that does it. */
@Injectable()
export class AdminActs {
  constructor(
    private readonly events: EventBus,
    private readonly fourEyes: FourEyes,
  ) {}

  /** Does what a request asks and records what it was before and after. */
  async recorded(call: AdminCall): Promise<unknown> {
    const before = await presentIn(call);
    const watched = await this.fourEyes.watches(call);
    const answer = await call.execute();
    if (watched) this.fourEyes.check(call, before, answer);
    const after = call.would === 'delete' ? undefined : shownOf(call, answer);
    const target = rawPath(call.request);
    await this.record({ act: call.would, target, before, after, ...concernedBy(call, before ?? after) });
    return answer;
  }

  /** Tells whether what a call does may have to wait for somebody else; asked before it does it. */
  watches(call: AdminCall): Promise<boolean> {
    return this.fourEyes.watches(call);
  }

  /** Tells whether what a call that is watched did would have to wait. */
  needsApproval(call: AdminCall, before: object | undefined, answer: unknown): boolean {
    return this.fourEyes.concerns(call, before, answer);
  }

  /** Keeps a change that somebody else must approve, in the place of what was asked for. */
  asked(call: AdminCall, error: NeedsApproval): Promise<unknown> {
    return this.fourEyes.ask(call, error);
  }

  /** Records an act that was done. */
  async record({ act, target, before, after, userId, clientId, requestedBy }: AdminAct): Promise<void> {
    const about = {
      ...(userId !== undefined && { userId }),
      ...(clientId !== undefined && { clientId }),
      ...(requestedBy && { requestedBy }),
    };
    await this.events.publish('admin.acted', { act, target, ...about, ...recordedChanges(before, after) });
  }
}

/** What there is before the act; what is not there is the handler's to refuse. */
async function presentIn({ here }: AdminCall): Promise<object | undefined> {
  try {
    return await here?.read();
  } catch (error) {
    if (error instanceof ProblemDetails) return undefined;
    throw error;
  }
}

/** What of an answer is kept: what a GET would show, or what the answer says where there is no GET. */
function shownOf({ borne }: AdminCall, answer: unknown): object | undefined {
  if (!isJsonObject(answer)) return undefined;
  return borne === undefined ? answer : representationIn(answer, borne);
}

const USERS = '/api/v1/users';
const CLIENTS = '/api/v1/clients';

/** The user and the client whom an act is about, as far as the address or the record names them. */
function concernedBy(
  { request }: AdminCall,
  record: object | undefined,
): { readonly userId?: string | undefined; readonly clientId?: string | undefined } {
  const params = request.params as Readonly<Record<string, string | undefined>>;
  const path = request.routeOptions.url ?? '';
  const members = (record ?? {}) as Readonly<Record<string, unknown>>;
  const userId = path.includes(USERS) ? (params['id'] ?? members['id']) : members['user_id'];
  const named = path.includes(CLIENTS) || typeof userId === 'string';
  const clientId = params['client_id'] ?? (named ? members['client_id'] : undefined);
  return { userId: textOf(userId), clientId: textOf(clientId) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
