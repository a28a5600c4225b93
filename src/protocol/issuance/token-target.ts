import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { ResourcesService, ScopesService, type Resource, type Scope } from '#resources/index.js';
import { StandardScope } from '#standards/oidc.js';
import { userinfoIdentifier } from '../claims/userinfo-resource.js';
import { InvalidRequest, InvalidScope, InvalidTarget } from '../errors/oauth-error.js';
import { closedScope, severalResources, unknownResource } from '../errors/target-decisions.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';

/** What one access token is for: an API and the scope there; no API means userinfo. */
export interface TokenTarget {
  readonly resource: Resource | undefined;
  readonly scope: readonly string[];
}

/** Chooses the one resource of an access token and the scope that belongs to it (RFC 8707 §2.2). */
@Injectable()
export class TokenTargets {
  constructor(
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Narrows what a grant holds to one resource: the one named, else the implied one. */
  async choose(
    client: Client,
    parameters: OAuthParameters,
    granted: { scope: readonly string[]; resources: readonly string[] },
  ): Promise<TokenTarget> {
    const scopes = await this.scopes.known(granted.scope);
    const identifier = named(parameters, client) ?? implied(granted.resources, client, scopes);
    if (identifier === undefined || this.isUserinfo(identifier, granted.scope)) {
      return { resource: undefined, scope: namesFor(scopes, undefined) };
    }
    if (!granted.resources.includes(identifier)) {
      throw new InvalidTarget('the resource is not part of the grant', {
        decision: unknownResource(identifier, client, granted.resources),
      });
    }
    const resource = await this.resources.knownByIdentifier(identifier);
    if (resource === undefined) {
      throw new InvalidTarget('the resource is not known any more', { decision: unknownResource(identifier, client) });
    }
    const scope = namesFor(scopes, identifier);
    if (scope.length === 0) {
      throw new InvalidScope('nothing of the granted scope belongs to the resource', {
        decision: closedScope(granted.scope, scope, client),
      });
    }
    return { resource, scope };
  }

  private isUserinfo(identifier: string, scope: readonly string[]): boolean {
    return identifier === userinfoIdentifier(this.issuer) && scope.includes(StandardScope.OpenId);
  }
}

/** RFC 8707 §2: one access token is for one resource here, so only one may be named. */
export function named(parameters: OAuthParameters, client: Client): string | undefined {
  const [resource, another] = parameters.list('resource');
  if (another !== undefined && another !== resource) {
    throw new InvalidTarget('several resources', {
      description: 'An access token is for one resource: name one.',
      decision: severalResources(
        [resource, another].filter((one) => one !== undefined),
        client,
      ),
    });
  }
  return resource;
}

/** Without `resource`, the only one, or the client's default among several. */
function implied(resources: readonly string[], client: Client, scopes: readonly Scope[]): string | undefined {
  const owners = resources.filter((identifier) => scopes.some((scope) => scope.resourceIdentifier === identifier));
  const candidates = owners.length > 0 ? owners : resources;
  if (candidates.length <= 1) return candidates[0];
  if (client.defaultResource !== undefined && candidates.includes(client.defaultResource))
    return client.defaultResource;
  throw new InvalidTarget('the grant holds several resources and none is named', {
    description: 'The grant holds several resources: name one with the resource parameter.',
    decision: severalResources(candidates, client),
  });
}

function namesFor(scopes: readonly Scope[], identifier: string | undefined): string[] {
  return scopes
    .filter(({ resourceIdentifier: owner }) => owner === null || owner === identifier)
    .map(({ name }) => name);
}

/** RFC 6749 §6: a narrower scope may be asked, never a wider one. */
export function narrowed(
  asked: readonly string[] | undefined,
  granted: readonly string[],
  client: Client,
): readonly string[] {
  if (asked === undefined) return granted;
  if (asked.length === 0) throw new InvalidRequest('scope is empty');
  if (asked.some((name) => !granted.includes(name))) {
    throw new InvalidScope('scope is wider than granted', { decision: closedScope(asked, granted, client) });
  }
  return granted.filter((name) => asked.includes(name));
}
