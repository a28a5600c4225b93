import type { ClientSecretsService } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';

/** RFC 6749 §2.3.1: whether a refused secret is one that was the client's and has run out. */
export async function secretShortcoming(
  secrets: Pick<ClientSecretsService, 'expiryOf'>,
  clientId: string,
  presented: string,
): Promise<Decision['facts']> {
  const expiredAt = await secrets.expiryOf(clientId, presented);
  return expiredAt === undefined ? {} : { expired_at: expiredAt.toISOString() };
}
