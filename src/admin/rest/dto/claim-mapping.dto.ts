import {
  CLAIM_PLACES,
  CLAIM_SOURCES,
  GROUP_CHOICES,
  type ClaimMapping,
  type ClaimMappingInput,
  type ClaimPlace,
  type ClaimSource,
} from '#claims/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { AnyMember, ChoiceMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

const USUAL_PLACES: readonly ClaimPlace[] = ['id_token', 'userinfo'];
const USUAL_SCOPE = 'openid';

/** A claim that a scope is to release. */
export class NewClaimMapping {
  @TextMember({
    about: 'The name of the claim; none that has a meaning already.',
    required: true,
    schema: { maxLength: 200 },
  })
  claim!: string;

  @ChoiceMember(CLAIM_SOURCES, {
    about: 'What it says: an attribute, the names of groups, a value for the members of a group, or always the same.',
    required: true,
  })
  source!: ClaimSource['kind'];

  @TextMember({ about: 'The name of the attribute, for the source attribute.' })
  attribute?: string;

  @ChoiceMember(GROUP_CHOICES, {
    about: 'Which groups of the user, for the source groups: all, those with a prefix, those that the client is for.',
  })
  groups?: (typeof GROUP_CHOICES)[number];

  @TextMember({ about: 'How the names of prefixed groups begin.' })
  prefix?: string;

  @TextMember({ about: 'The name of the group, for the source group.' })
  group?: string;

  @AnyMember({ about: 'What the claim says, for the sources group and constant.' })
  value?: unknown;

  @TextListMember({ about: 'Where the claim goes: id_token and userinfo unless said otherwise.', values: CLAIM_PLACES })
  include_in?: readonly ClaimPlace[];
}

/** A claim that a scope is to release to one client. */
export class NewClientClaimMapping extends NewClaimMapping {
  @TextMember({ about: 'The scope that must have been granted: openid unless said otherwise.' })
  scope?: string;
}

/** A mapped claim as it is answered. */
export class ClaimMappingAnswer extends NewClaimMapping {
  @TextMember({ about: 'The id of the mapping.', required: true, readOnly: true })
  id!: string;

  @TextMember({ about: 'The scope that must have been granted.', required: true })
  scope!: string;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a mapping that only the service sets. */
export const FIXED_MAPPING_MEMBERS = { fixed: ['id', ...STAMP_MEMBERS] };

/** The same where the scope is the one that the address names. */
export const FIXED_SCOPE_MAPPING_MEMBERS = { fixed: ['id', 'scope', ...STAMP_MEMBERS] };

type Message = Plain<NewClientClaimMapping>;

/** Reads a message as a mapping of a scope, or of one client. */
export function mappingInput(message: Message, target: { scope?: string; clientId?: string }): ClaimMappingInput {
  return {
    claim: message.claim,
    scope: target.scope ?? message.scope ?? USUAL_SCOPE,
    clientId: target.clientId ?? null,
    source: sourceOf(message),
    includeIn: [...new Set(message.include_in ?? USUAL_PLACES)],
  };
}

function sourceOf({ source, attribute = '', groups = 'all', prefix, group = '', value }: Message): ClaimSource {
  switch (source) {
    case 'attribute':
      return { kind: 'attribute', attribute };
    case 'groups':
      return { kind: 'groups', groups, ...(prefix === undefined ? {} : { prefix }) };
    case 'group':
      return { kind: 'group', group, value };
    default:
      return { kind: 'constant', value };
  }
}

const MEANT: Readonly<Record<ClaimSource['kind'], readonly string[]>> = {
  attribute: ['attribute'],
  groups: ['groups', 'prefix'],
  group: ['group', 'value'],
  constant: ['value'],
};

/** Says which members mean nothing for the source. */
export function mappingMemberProblems(message: Message): FieldProblem[] {
  const { source } = message;
  const present = ['attribute', 'groups', 'prefix', 'group', 'value'].filter(
    (name) => Reflect.get(message, name) !== undefined,
  );
  // a source that is none is said of the member itself
  const meant = CLAIM_SOURCES.includes(source) ? MEANT[source] : present;
  const others = present.filter((name) => !meant.includes(name));
  const problems = others.map((name) => ({ pointer: `#/${name}`, detail: `means nothing for the source ${source}` }));
  const idle = message.prefix !== undefined && message.groups !== 'prefixed' && source === 'groups';
  return idle ? [...problems, { pointer: '#/prefix', detail: 'is for prefixed groups' }] : problems;
}

/** A mapped claim as it is answered. */
export function mappingAnswer(mapping: ClaimMapping): Plain<ClaimMappingAnswer> {
  const { id, claim, scope, source, includeIn } = mapping;
  const { kind, ...said } = source;
  return { id, claim, scope, source: kind, ...said, include_in: includeIn, ...stampsOf(mapping) };
}
