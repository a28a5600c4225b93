import { isPublic, type Client } from '#clients/index.js';

/** What a client is, as far as libraries go. */
export type ApplicationKind = 'web' | 'single-page' | 'native' | 'machine';

/** Tells what a client is from its record: whoever redeems no code signs nobody in. */
export function applicationKind(client: Client): ApplicationKind {
  if (!client.grantTypes.includes('authorization_code')) return 'machine';
  if (client.applicationType === 'native') return 'native';
  return isPublic(client) ? 'single-page' : 'web';
}
