import type { Client, ClientMetadataInput } from '#clients/index.js';

/** What somebody might register to break out of a text it is put into. */
export const ODD_CLIENT = {
  clientId: `desk"'$(id)\${x}\\`,
  redirectUri: "https://rp.example/cb/'$(id)'",
  scope: ['openid', "orders'$(id)"],
};

/** A client with these odd values, of whatever kind. */
export function oddClient(wish: ClientMetadataInput): Client {
  const made = new Date(0);
  return {
    ...{ selfRegistered: false, version: 1, createdAt: made, updatedAt: made },
    ...{ grantTypes: ['authorization_code'], responseTypes: ['code'], applicationType: 'web' },
    ...{ tokenEndpointAuthMethod: 'client_secret_basic', idTokenSignedResponseAlg: 'RS256' },
    ...{ redirectUris: [ODD_CLIENT.redirectUri], postLogoutRedirectUris: ["https://rp.example/bye'"] },
    ...wish,
    ...{ clientId: ODD_CLIENT.clientId, clientName: '"; evil() //', scope: ODD_CLIENT.scope },
  } as Client;
}
