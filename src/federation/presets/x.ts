import { claimsIn, type Preset } from './preset.js';

/** X, which was Twitter: OAuth 2.0 with PKCE; it tells no e-mail address. */
export const x: Preset = {
  name: 'x',
  title: 'X',
  protocol: 'oauth2',
  scope: 'users.read tweet.read',
  clientAuthentication: 'basic',
  claims: {
    sub: 'data.id',
    name: 'data.name',
    preferred_username: 'data.username',
    picture: 'data.profile_image_url',
  },
  endpoints: {
    authorization: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    userinfo: 'https://api.x.com/2/users/me',
  },
  async profile({ userinfo, accessToken, ask }) {
    const url = new URL(userinfo);
    url.searchParams.set('user.fields', 'profile_image_url');
    return claimsIn(await ask({ url: url.href, headers: { authorization: `Bearer ${accessToken}` } }));
  },
  vouchesFor: () => false,
};
