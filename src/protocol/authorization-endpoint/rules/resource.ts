import type { Client } from '#clients/index.js';
import type { Scope } from '#resources/index.js';
import { InvalidTarget } from '../../errors/oauth-error.js';
import { severalResources } from '../../errors/target-decisions.js';

/** RFC 8707 §2: whether a value has the form of a resource indicator: an absolute URI without fragment. */
export function isResourceIndicator(value: string): boolean {
  return URL.canParse(value) && !value.includes('#');
}

/** The resources that own the given scopes, each once. */
export function owners(scopes: readonly Scope[]): readonly string[] {
  return [...new Set(scopes.map(({ resourceIdentifier }) => resourceIdentifier).filter((owner) => owner !== null))];
}

/** The one resource that a token without `resource` is for; several need the client's default. */
export function impliedResource(candidates: readonly string[], client: Client): string | undefined {
  if (candidates.length <= 1) return candidates[0];
  const { defaultResource } = client;
  if (defaultResource !== undefined && candidates.includes(defaultResource)) return defaultResource;
  throw new InvalidTarget('the scope belongs to several resources and none is named', {
    description: 'The scope belongs to several resources: name one with the resource parameter.',
    decision: severalResources(candidates, client),
  });
}
