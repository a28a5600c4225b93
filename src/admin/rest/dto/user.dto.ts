import {
  ADMIN_ROLES,
  type AdminRole,
  REQUIRED_ACTIONS,
  USER_STATUSES,
  type AcceptedTerms,
  type AttributeChanges,
  type AttributeValues,
  type RequiredAction,
  type StandardClaims,
  type User,
  type UserChanges,
  type UserInput,
} from '#users/index.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  MapMember,
  ObjectMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

const line = { maxLength: 255 };
const url = { format: 'uri', maxLength: 2048 };

/** A postal address (OIDC Core §5.1.1). */
export class AddressMembers {
  @TextMember({ about: 'The whole address, as on a label.' })
  formatted?: string;

  @TextMember({ about: 'Street, house, flat.' })
  street_address?: string;

  @TextMember({ about: 'The town.' })
  locality?: string;

  @TextMember({ about: 'The state or province.' })
  region?: string;

  @TextMember({ about: 'The postal code.' })
  postal_code?: string;

  @TextMember({ about: 'The country.' })
  country?: string;
}

/** The standard claims of a user (OIDC Core §5.1). */
export class ClaimMembers {
  @TextMember({ about: 'The full name.', schema: line })
  name?: string;

  @TextMember({ about: 'The given name or names.', schema: line })
  given_name?: string;

  @TextMember({ about: 'The family name or names.', schema: line })
  family_name?: string;

  @TextMember({ about: 'The middle name or names.', schema: line })
  middle_name?: string;

  @TextMember({ about: 'What friends say.', schema: line })
  nickname?: string;

  @TextMember({ about: 'The name the user likes to have; the username when absent.', schema: line })
  preferred_username?: string;

  @TextMember({ about: 'A page about the user.', schema: url })
  profile?: string;

  @TextMember({ about: 'A picture of the user.', schema: url })
  picture?: string;

  @TextMember({ about: 'A page of the user.', schema: url })
  website?: string;

  @TextMember({ about: 'The e-mail address; the user can sign in with it too.', schema: { maxLength: 254 } })
  email?: string;

  @FlagMember({ about: 'Whether the e-mail address was found to be theirs.' })
  email_verified?: boolean;

  @TextMember({ about: 'The gender.', schema: { maxLength: 64 } })
  gender?: string;

  @TextMember({ about: 'The day of birth: YYYY-MM-DD, 0000-MM-DD or YYYY.', schema: { maxLength: 10 } })
  birthdate?: string;

  @TextMember({ about: 'The time zone, such as Europe/Paris.', schema: { maxLength: 64 } })
  zoneinfo?: string;

  @TextMember({ about: 'The language, such as en-US.', schema: { maxLength: 35 } })
  locale?: string;

  @TextMember({ about: 'The telephone number, best in E.164 form.', schema: { maxLength: 64 } })
  phone_number?: string;

  @FlagMember({ about: 'Whether the number was found to be theirs.' })
  phone_number_verified?: boolean;

  @ObjectMember(AddressMembers, { about: 'The postal address.' })
  address?: AddressMembers;
}

/** A user to add. */
export class NewUser extends ClaimMembers {
  @TextMember({
    about: 'The name to sign in with, unique whatever its letters\u2019 case.',
    required: true,
    schema: line,
  })
  username!: string;

  @TextMember({ about: 'The password; never answered.', writeOnly: true })
  password?: string;

  @ChoiceMember(USER_STATUSES, { about: 'A disabled user is refused everywhere.', default: 'active' })
  status?: User['status'];

  @TextListMember({ about: 'The names of the groups the user is in.' })
  groups?: readonly string[];

  @TextListMember({
    about: 'What the user must do at the next sign-in, before anything else.',
    values: REQUIRED_ACTIONS,
  })
  required_actions?: readonly RequiredAction[];

  @MapMember({ about: 'Values of the declared attributes, by name.' })
  attributes?: AttributeChanges;

  @ChoiceMember(ADMIN_ROLES, {
    about: 'The role of the user in the administration, beside the group of administrators.',
  })
  admin_role?: AdminRole;
}

/** The terms that a user has accepted. */
export class AcceptedTermsMembers {
  @TextMember({ about: 'Their version.', required: true, readOnly: true })
  version!: string;

  @InstantMember({ about: 'When they were accepted.', required: true, readOnly: true })
  accepted_at!: string;
}

/** A user as they are answered. */
export class UserAnswer extends ClaimMembers {
  @TextMember({ about: 'The id of the user, which is also sub.', required: true, readOnly: true })
  id!: string;

  @TextMember({ about: 'The name to sign in with.', required: true, schema: line })
  username!: string;

  @ChoiceMember(USER_STATUSES, { about: 'A disabled user is refused everywhere.', required: true })
  status!: User['status'];

  @TextListMember({ about: 'The names of the groups the user was put into.', required: true })
  groups!: readonly string[];

  @TextListMember({
    about: 'The names of these groups and of those that contain them: what counts wherever groups count.',
    required: true,
    readOnly: true,
  })
  effective_groups!: readonly string[];

  @TextListMember({
    about: 'What the user must do at the next sign-in, before anything else.',
    required: true,
    values: REQUIRED_ACTIONS,
  })
  required_actions!: readonly RequiredAction[];

  @ObjectMember(AcceptedTermsMembers, { about: 'The terms that the user has accepted last.', readOnly: true })
  accepted_terms?: AcceptedTermsMembers;

  @MapMember({ about: 'Values of the declared attributes that administrators see, by name.' })
  attributes?: AttributeValues;

  @ChoiceMember(ADMIN_ROLES, {
    about: 'The role of the user in the administration, beside the group of administrators.',
  })
  admin_role?: AdminRole;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a user that only the service sets. */
export const FIXED_USER_MEMBERS = { fixed: ['id', 'effective_groups', 'accepted_terms', ...STAMP_MEMBERS] };

/** Reads a message as what it says about a user, the password aside. */
export function userInput(message: Plain<NewUser>): UserInput {
  const { username, status, groups, attributes, password: _apart, ...members } = message;
  const { address, required_actions: requiredActions, admin_role: adminRole, ...texts } = members;
  const claims = isEmpty(address) ? texts : { ...texts, address: Object.assign({}, address) };
  const own = { ...(requiredActions && { requiredActions }), ...(adminRole && { adminRole }) };
  return { username, status, groups, attributes, claims, ...own };
}

/** Reads a patched message as the changes it makes, the password aside. */
export function userChanges(message: Plain<NewUser>, removed: readonly string[]): UserChanges {
  const { username, status = 'active', groups = [], claims = {}, requiredActions = [], ...rest } = userInput(message);
  const own = ['username', 'status', 'groups', 'attributes', 'required_actions', 'admin_role'];
  const gone = [...removed, ...(isEmpty(message.address) ? ['address'] : [])].filter((name) => !own.includes(name));
  return {
    username,
    status,
    groups,
    requiredActions,
    adminRole: rest.adminRole ?? null,
    claims: { ...Object.fromEntries(gone.map((name) => [name, null])), ...claims },
  };
}

// OIDC Core §5.3.2: what has no content is left out, an address without members too.
function isEmpty(address: AddressMembers | undefined): boolean {
  return address === undefined || Object.keys(address).length === 0;
}

/** Reads a patched message as the changes it makes to the attributes that a GET answers. */
export function attributeChanges({ attributes = {} }: Plain<NewUser>, present: AttributeValues): AttributeChanges {
  const gone = Object.keys(present).filter((name) => !Object.hasOwn(attributes, name));
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...attributes };
}

function termsAnswer({ version, acceptedAt }: AcceptedTerms): Plain<AcceptedTermsMembers> {
  return Object.assign(new AcceptedTermsMembers(), { version, accepted_at: acceptedAt.toISOString() });
}

/** A user as they are answered. */
export function userAnswer(user: User, attributes: AttributeValues = {}): Plain<UserAnswer> {
  const { id, username, status, groups, effectiveGroups, requiredActions, acceptedTerms, adminRole } = user;
  const claims: StandardClaims = user.claims;
  return {
    id,
    username,
    status,
    groups,
    effective_groups: effectiveGroups,
    required_actions: requiredActions,
    ...(acceptedTerms && { accepted_terms: termsAnswer(acceptedTerms) }),
    ...(adminRole && { admin_role: adminRole }),
    ...claims,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...stampsOf(user),
  };
}
