import { ACCESS_TOKEN_FORMATS, type Resource, type ResourceChanges, type ResourceInput } from '#resources/index.js';
import { ChoiceMember, NumberMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { camelMembers, camelName } from '../wire-names.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

/** An API to protect. */
export class NewResource {
  @TextMember({ about: 'The absolute URI that becomes aud; it stays.', required: true, schema: { maxLength: 512 } })
  identifier!: string;

  @TextMember({ about: 'The name that users see.', required: true, schema: { maxLength: 200 } })
  name!: string;

  @ChoiceMember(ACCESS_TOKEN_FORMATS, { about: 'What its access tokens look like.', default: 'jwt' })
  access_token_format?: Resource['accessTokenFormat'];

  @NumberMember({ about: 'Seconds its access tokens live.', schema: { minimum: 1, maximum: 3600 } })
  access_token_lifetime?: number;

  @TextListMember({ about: 'The clients that may introspect its access tokens.' })
  introspection_clients?: readonly string[];
}

/** An API as it is answered. */
export class ResourceAnswer extends NewResource {
  @TextMember({ about: 'The id of the API.', required: true, readOnly: true })
  id!: string;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of an API that only the service sets, or that stay as they were first given. */
export const FIXED_RESOURCE_MEMBERS = { fixed: ['id', ...STAMP_MEMBERS], kept: ['identifier'] };

/** Reads a message as what it says about an API. */
export function resourceInput(message: Plain<NewResource>): ResourceInput {
  return camelMembers(message);
}

/** Reads a patched message as the changes it makes. */
export function resourceChanges(message: Plain<NewResource>, removed: readonly string[]): ResourceChanges {
  const { identifier: _fixed, ...changes } = camelMembers(message);
  return { ...Object.fromEntries(removed.map((name) => [camelName(name), null])), ...changes };
}

/** An API as it is answered. */
export function resourceAnswer(resource: Resource): Plain<ResourceAnswer> {
  const { accessTokenLifetime: lifetime } = resource;
  return {
    id: resource.id,
    identifier: resource.identifier,
    name: resource.name,
    access_token_format: resource.accessTokenFormat,
    ...(lifetime === undefined ? {} : { access_token_lifetime: lifetime }),
    introspection_clients: resource.introspectionClients,
    ...stampsOf(resource),
  };
}
