import type { Client } from '#clients/index.js';
import type { AccessDecision, DecisionRule } from '#interaction/index.js';
import type { User } from '#users/index.js';
import {
  ChoiceMember,
  FlagMember,
  ObjectListMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';

/** A group through which a user may use a client. */
export class GroupWayAnswer {
  @TextMember({ about: 'The group that the client is for.', required: true })
  group!: string;

  @FlagMember({ about: 'Whether the user was put into it.', required: true })
  directly!: boolean;

  @TextListMember({ about: 'The groups within it that the user was put into.', required: true })
  through!: readonly string[];
}

const RULES = ['client_active', 'user_active', 'group', 'scope'] as const;

/** One thing that must hold, and whether it does. */
export class AccessRuleAnswer {
  @ChoiceMember(RULES, { about: 'What must hold.', required: true })
  rule!: (typeof RULES)[number];

  @FlagMember({ about: 'Whether it does.', required: true })
  holds!: boolean;

  @TextMember({ about: 'The same in words.', required: true })
  detail!: string;

  @ObjectListMember(GroupWayAnswer, { about: 'The groups through which the user may use the client.' })
  via?: readonly Plain<GroupWayAnswer>[];
}

/** Whether a user may use a client. */
export class ClientAccessAnswer {
  @TextMember({ about: 'The client.', required: true })
  client_id!: string;

  @TextMember({ about: 'The id of the user.', required: true })
  user_id!: string;

  @TextMember({ about: 'The name the user signs in with.', required: true })
  username!: string;

  @FlagMember({ about: 'Whether the user may use the client for any of the scope: every rule holds.', required: true })
  allowed!: boolean;

  @ObjectListMember(AccessRuleAnswer, {
    about: 'What must hold, in the order in which it is looked at.',
    required: true,
  })
  rules!: readonly Plain<AccessRuleAnswer>[];

  @TextMember({ about: 'What of the scope the user could grant, separated by spaces.', required: true })
  grantable_scope!: string;
}

/** How a user is in a group. */
export type GroupWay = Plain<GroupWayAnswer>;

/** A preview as it is answered. */
export function clientAccessAnswer(preview: {
  readonly client: Client;
  readonly user: User;
  readonly decision: AccessDecision;
  readonly ways: readonly GroupWay[];
}): Plain<ClientAccessAnswer> {
  const { client, user, decision, ways } = preview;
  return {
    client_id: client.clientId,
    user_id: user.id,
    username: user.username,
    allowed: decision.allowed,
    rules: decision.rules.map((rule) => ruleAnswer(rule, client, ways)),
    grantable_scope: decision.grantable.join(' '),
  };
}

function ruleAnswer({ rule, holds }: DecisionRule, client: Client, ways: readonly GroupWay[]): Plain<AccessRuleAnswer> {
  const detail = rule === 'group' ? groupDetail(holds, client) : DETAILS[rule][holds ? 'yes' : 'no'];
  return { rule, holds, detail, ...(rule === 'group' ? { via: ways } : {}) };
}

const DETAILS = {
  client_active: { yes: 'The client is active.', no: 'The client is disabled.' },
  user_active: { yes: 'The user is active.', no: 'The user is disabled.' },
  scope: {
    yes: 'The user may grant some of the scope.',
    no: 'The user may grant none of the scope: only administrators grant the scopes of the admin API.',
  },
} as const;

function groupDetail(holds: boolean, { allowedGroups }: Client): string {
  if (allowedGroups === undefined) return 'The client is for everybody.';
  if (allowedGroups.length === 0) return 'The client is for nobody.';
  return holds ? 'The user is in a group that the client is for.' : 'The user is in no group that the client is for.';
}
