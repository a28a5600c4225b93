import { wireName, type ClientMetadataInput, type MetadataProblem } from '../client-metadata.js';
import type { Found } from '../metadata-rules/rule.js';
import type { SettledTemplate } from './settled-template.js';

/** What is given of a client over what its template fills in, but for the profile that makes it one of that kind. */
export function templatedMetadata({ kind, members }: SettledTemplate, given: ClientMetadataInput): ClientMetadataInput {
  const explicit = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...members, ...(Object.fromEntries(explicit) as ClientMetadataInput), profile: kind.profile };
}

/** Says what was given that a client of the template cannot have: it would be another kind of application. */
export function contradictions(template: SettledTemplate, given: ClientMetadataInput): MetadataProblem[] {
  const found = [...ofEveryTemplate(template, given), ...ofOneTemplate(template, given)];
  return found.map(([member, detail]) => ({
    pointer: `#/${wireName(member)}`,
    detail,
    error: 'invalid_client_metadata',
  }));
}

function ofEveryTemplate({ name, kind, mainGrant }: SettledTemplate, given: ClientMetadataInput): Found[] {
  const { profile = kind.profile, tokenEndpointAuthMethod: method, grantTypes = [mainGrant] } = given;
  const found: Found[] = [];
  if (profile !== kind.profile) {
    found.push(['profile', `must be ${kind.profile} for the template ${name}, or left out`]);
  }
  if (method !== undefined && (method === 'none') === kind.confidential) {
    found.push(['tokenEndpointAuthMethod', `must ${kind.confidential ? 'not ' : ''}be none for the template ${name}`]);
  }
  if (!grantTypes.includes(mainGrant)) found.push(['grantTypes', `must have ${mainGrant} for the template ${name}`]);
  return found;
}

function ofOneTemplate({ name }: SettledTemplate, { applicationType, consent }: ClientMetadataInput): Found[] {
  if (name === 'web' && applicationType === 'native') {
    return [['applicationType', 'must be web for the template web; native is a template of its own']];
  }
  // Whoever lets something act for them decides so themselves.
  return name === 'agent' && consent === 'skip' ? [['consent', 'must not be skip for the template agent']] : [];
}
