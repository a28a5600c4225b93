import { NewClientClaimMapping } from '../rest/dto/claim-mapping.dto.js';
import { ClientMembers } from '../rest/dto/client.dto.js';
import { NewDirectory } from '../rest/dto/directory.dto.js';
import { NewIdentityProvider } from '../rest/dto/identity-provider.dto.js';
import { TextMember } from '../rest/member.decorators.js';

const REFERENCE = 'Where its secret is: env:NAME, file:path, or kept for the one that it has.';

/** A client as a file describes it: what REST takes, its owner by name, and where its secret is. */
export class DeclaredClient extends ClientMembers {
  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @TextMember({ about: 'The name by which the user signs in who looks after the client.' })
  declare owner?: string;

  @TextMember({ about: REFERENCE })
  client_secret_from?: string;
}

/** An identity provider as a file describes it: what REST takes, and where its secret is. */
export class DeclaredIdentityProvider extends NewIdentityProvider {
  @TextMember({ about: REFERENCE })
  client_secret_from?: string;
}

/** A directory as a file describes it: what REST takes, and where its password is. */
export class DeclaredDirectory extends NewDirectory {
  @TextMember({ about: REFERENCE })
  bind_password_from?: string;
}

/** A claim mapping as a file describes it: what REST takes, and for one client its id. */
export class DeclaredClaimMapping extends NewClientClaimMapping {
  @TextMember({ about: 'The only client that it is for.' })
  client_id?: string;
}
