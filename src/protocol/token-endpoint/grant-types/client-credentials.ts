import { Injectable } from '@nestjs/common';
import { isPublic, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { ResourcesService, ScopesService, type Resource, type Scope } from '#resources/index.js';
import { GrantType } from '#standards/oauth.js';
import { InvalidScope, InvalidTarget, UnauthorizedClient } from '../../errors/oauth-error.js';
import { closedScope, severalResources, unknownResource } from '../../errors/target-decisions.js';
import type { Issuance } from '../../issuance/issuance.js';
import { askedScope } from '../../parameters/asked-scope.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { GrantTypeHandler } from './grant-type-handler.js';
import { named } from '../../issuance/token-target.js';

/** RFC 6749 §4.4: a client acts for itself; no user, no refresh token, no row. */
@Injectable()
export class ClientCredentialsGrant extends GrantTypeHandler {
  readonly grantType = GrantType.ClientCredentials;

  constructor(
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
  ) {
    super();
  }

  async decide(client: Client, parameters: OAuthParameters): Promise<Issuance> {
    if (isPublic(client))
      throw new UnauthorizedClient('a public client cannot act for itself', { decision: publicClient(client) });
    const own = await this.apiScopes(client);
    const asked = parameters.get('scope') === undefined ? undefined : askedScope(parameters, []);
    if (asked?.some((name) => !own.some((scope) => scope.name === name)) === true) {
      const open = own.map(({ name }) => name);
      throw new InvalidScope(`scope is more than ${client.clientId} may have for itself`, {
        decision: closedScope(asked, open, client),
      });
    }
    const resource = await this.target(client, parameters, own, asked);
    const available = own.filter(({ resourceIdentifier }) => resourceIdentifier === resource.identifier);
    const scope = available.map(({ name }) => name).filter((name) => asked?.includes(name) ?? true);
    if (scope.length === 0 || (asked !== undefined && scope.length < asked.length)) {
      const open = available.map(({ name }) => name);
      throw new InvalidScope('the scope does not belong to the resource', {
        decision: closedScope(asked ?? [], open, client),
      });
    }
    return { client, grant: undefined, scope, resource, refreshToken: undefined, idToken: undefined };
  }

  /** The scopes a client may have for itself: those of APIs; the standard ones are about users. */
  private async apiScopes(client: Client): Promise<readonly Scope[]> {
    const scopes = await this.scopes.known(client.scope);
    return scopes.filter(({ resourceIdentifier }) => resourceIdentifier !== null);
  }

  /** The named resource, else the one that the asked scope implies, else the client's default or only one. */
  private async target(
    client: Client,
    parameters: OAuthParameters,
    own: readonly Scope[],
    asked: readonly string[] | undefined,
  ): Promise<Resource> {
    const concerned = asked === undefined ? own : own.filter(({ name }) => asked.includes(name));
    const owners = new Set(concerned.map(({ resourceIdentifier }) => resourceIdentifier).filter((it) => it !== null));
    const identifier = named(parameters, client) ?? onlyOrDefault([...owners], client);
    const resource = owners.has(identifier) ? await this.resources.knownByIdentifier(identifier) : undefined;
    if (resource === undefined) {
      throw new InvalidTarget(`resource is unknown or not open to ${client.clientId}`, {
        decision: unknownResource(identifier, client, [...owners]),
      });
    }
    return resource;
  }
}

/** RFC 6749 §4.4: the client credentials grant is for confidential clients. */
function publicClient({ clientId }: Client): Decision {
  return { rule: 'client_credentials.public', clause: 'RFC 6749 §4.4', clientId, facts: {} };
}

function onlyOrDefault(owners: readonly string[], client: Client): string {
  const { clientId, defaultResource } = client;
  if (defaultResource !== undefined && owners.includes(defaultResource)) return defaultResource;
  const [only, another] = owners;
  if (only === undefined) {
    throw new InvalidScope(`${clientId} has no scope of its own`, { decision: closedScope([], [], client) });
  }
  if (another === undefined) return only;
  throw new InvalidTarget('the scope belongs to several resources and none is named', {
    description: 'The scope belongs to several resources: name one with the resource parameter.',
    decision: severalResources(owners, client),
  });
}
