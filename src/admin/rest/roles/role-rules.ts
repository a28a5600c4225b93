import type { AdminStanding } from '#interaction/index.js';
import { isJsonObject } from '../merge-patch.js';

/** A request as far as roles go. */
export interface RoleQuestion {
  readonly method: string;
  /** Whether nothing is written, whatever the method. */
  readonly reads: boolean;
  /** The address with the names of its parameters. */
  readonly route: string;
  readonly body: unknown;
}

/** All that the help desk changes: it unlocks and resets, and never grants. */
const HELP_DESK: ReadonlyMap<string, readonly string[]> = new Map([
  ['PATCH /api/v1/users/:id', ['password', 'required_actions']],
  ['DELETE /api/v1/users/:id/lock', []],
  ['DELETE /api/v1/users/:id/factors/:factor_id', []],
  ['DELETE /api/v1/sessions/:id', []],
]);

/** What of a client its manager does not decide: whose it is, and what the company vouches for. */
const NOT_FOR_MANAGERS = ['owner', 'first_party', 'vetted', 'company_approved_scope'];

/** Says why somebody of this standing may not do something although they bear its scope; nothing when they may. */
export function roleProblem(standing: AdminStanding, question: RoleQuestion): string | undefined {
  if (question.reads) return undefined;
  if (standing === 'help_desk') return helpDeskProblem(question);
  if (standing === 'client_manager') return clientManagerProblem(question);
  return standing === 'auditor' ? 'Auditors change nothing.' : undefined;
}

function helpDeskProblem({ method, route, body }: RoleQuestion): string | undefined {
  const members = HELP_DESK.get(`${method} ${route}`);
  if (members === undefined) return 'The help desk resets and unlocks, and changes nothing else.';
  const others = membersOf(body).filter((name) => !members.includes(name));
  return others.length === 0 ? undefined : `The help desk does not change ${others.join(', ')}.`;
}

function clientManagerProblem({ route, body }: RoleQuestion): string | undefined {
  // What they decide about a change request is judged by the change that it is for.
  if (!/^\/api\/v1\/(clients|change-requests)(\/|$)/.test(route))
    return 'Client managers change clients and nothing else.';
  return decisionProblem('client_manager', membersOf(body));
}

/** Says which of the members of a client somebody of this standing does not decide; nothing when they decide all. */
export function decisionProblem(standing: AdminStanding, members: readonly string[]): string | undefined {
  const others = members.filter((name) => standing === 'client_manager' && NOT_FOR_MANAGERS.includes(name));
  return others.length === 0 ? undefined : `Client managers do not decide ${others.join(', ')}.`;
}

function membersOf(body: unknown): string[] {
  return isJsonObject(body) ? Object.keys(body) : [];
}
