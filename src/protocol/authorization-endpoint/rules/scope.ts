import { mayUseGrantType, type Client } from '#clients/index.js';
import { GrantType, type ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { InvalidScope } from '../../errors/oauth-error.js';
import { askedScope } from '../../parameters/asked-scope.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { yieldsCode, yieldsIdToken } from './response-type.js';

/** RFC 6749 §3.3: what of the asked scope the client may ask; the rest is dropped, and if all of it is, refused. */
export function requestedScope(
  parameters: OAuthParameters,
  client: Client,
  responseType: ResponseType,
): readonly string[] {
  const asked = askedScope(parameters, client.defaultScope);
  const names = asked.filter((name) => droppedRule(client, name, responseType) === undefined);
  if (yieldsIdToken(responseType) && !names.includes(StandardScope.OpenId)) {
    throw new InvalidScope('an ID token without openid', {
      description: 'The response_type needs the scope openid.',
      decision: {
        rule: 'scope.openid',
        clause: 'OIDC Core §3.2.2.1',
        facts: { response_type: responseType, asked: asked.slice(0, 50), registered: client.scope },
      },
    });
  }
  if (names.length === 0) {
    throw new InvalidScope(`${client.clientId} may ask for none of the scope`, {
      description: 'The client may ask for none of the requested scope.',
      decision: {
        rule: 'scope.none',
        clause: 'RFC 6749 §3.3',
        clientId: client.clientId,
        facts: { asked: asked.slice(0, 50), registered: client.scope },
      },
    });
  }
  return names;
}

/** Why a client may not ask for something, so that it is dropped. */
export type DroppedRule = 'client.scope' | 'client.no_refresh_token';

/** Why a client may not ask for a scope; nothing when it may. */
export function droppedRule(client: Client, name: string, responseType: ResponseType): DroppedRule | undefined {
  if (!client.scope.includes(name)) return 'client.scope';
  // OIDC Core §11: offline_access is ignored where no refresh token could be issued
  const refreshable = yieldsCode(responseType) && mayUseGrantType(client, GrantType.RefreshToken);
  return name !== StandardScope.OfflineAccess || refreshable ? undefined : 'client.no_refresh_token';
}
