import { GrantType } from '#standards/oauth.js';
import type { ClientMetadataInput } from '../client-metadata.js';
import type { ClientTemplate } from './client-template.js';

/** A template as this service can keep it: the members that it fills in, and what has to wait. */
export interface SettledTemplate extends Pick<ClientTemplate, 'name' | 'title' | 'description' | 'kind'> {
  readonly members: ClientMetadataInput;
  /** The grant type that a client of the template cannot be without. */
  readonly mainGrant: GrantType;
  /** What has to be said of a client beside the template. */
  readonly needs: readonly (keyof ClientMetadataInput)[];
  /** Grant types that would belong to it and that this service does not offer. */
  readonly awaits: readonly string[];
}

/** Fits a template to the grant types that are offered: it never fills in what would be refused. */
export function settledTemplate(template: ClientTemplate, offered: readonly GrantType[]): SettledTemplate {
  const { name, title, kind, grants, insteadGrants, defaults } = template;
  const [wanted] = grants;
  const awaits = grants.filter((grant) => !offered.some((name) => name === grant));
  const possible = insteadGrants !== undefined && awaits.includes(wanted) ? insteadGrants : grants;
  const grantTypes = offered.filter((grant) => possible.includes(grant));
  const mainGrant = grantTypes.find((grant) => grant === possible[0]) ?? GrantType.AuthorizationCode;
  const redirects = grantTypes.includes(GrantType.AuthorizationCode);
  return {
    ...{ name, title, kind, mainGrant, awaits },
    description: [template.description, ...awaitedSentences(template, awaits)].join(' '),
    members: { profile: kind.profile, grantTypes, requirePkce: true, ...defaults },
    needs: redirects ? ['redirectUris'] : [],
  };
}

function awaitedSentences({ insteadGrants, grants: [wanted] }: ClientTemplate, awaits: readonly string[]): string[] {
  if (awaits.length === 0) return [];
  const missing = `This service does not offer ${awaits.join(' and ')} yet`;
  return insteadGrants !== undefined && awaits.includes(wanted)
    ? [`${missing}: until it does, such a client signs in as a native app, in a browser that the device itself has.`]
    : [`${missing}: a client of this template is without it.`];
}
