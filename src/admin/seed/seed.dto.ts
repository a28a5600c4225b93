import { NewClientClaimMapping } from '../rest/dto/claim-mapping.dto.js';
import { TemplatedClient } from '../rest/dto/client.dto.js';
import { NewIdentityProvider } from '../rest/dto/identity-provider.dto.js';
import { NewGroup } from '../rest/dto/group.dto.js';
import { NewResource } from '../rest/dto/resource.dto.js';
import { ScopePatch } from '../rest/dto/scope.dto.js';
import { NewUserAttribute } from '../rest/dto/user-attribute.dto.js';
import { NewUser } from '../rest/dto/user.dto.js';
import { TextMember } from '../rest/member.decorators.js';

/** An API of a seed: what REST takes, and a fixed id. */
export class SeedResource extends NewResource {
  @TextMember({ about: 'The id of the API.' })
  id?: string;
}

/** A scope of a seed: what REST takes, and whether other words than those that are there mean something else. */
export class SeedScope extends ScopePatch {}

/** A group of a seed: what REST takes, and a fixed id. */
export class SeedGroup extends NewGroup {
  @TextMember({ about: 'The id of the group.' })
  id?: string;
}

/** An attribute of users of a seed: what REST takes. */
export class SeedUserAttribute extends NewUserAttribute {}

/** A mapped claim of a seed: what REST takes, the scope, and for one client its id. */
export class SeedClaimMapping extends NewClientClaimMapping {
  @TextMember({ about: 'The only client that it is for.' })
  client_id?: string;
}

/** A user of a seed: what REST takes, and a fixed id. */
export class SeedUser extends NewUser {
  @TextMember({ about: 'The id of the user.' })
  id?: string;
}

/** A client of a seed: what REST takes, a fixed id, and a chosen secret. */
export class SeedClient extends TemplatedClient {
  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @TextMember({ about: 'The secret of the client.', writeOnly: true })
  client_secret?: string;
}

/** An identity provider of a seed: what REST takes, and a fixed id. */
export class SeedIdentityProvider extends NewIdentityProvider {
  @TextMember({ about: 'The id of the provider.', schema: { maxLength: 36 } })
  id?: string;
}
