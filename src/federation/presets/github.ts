import { claimsIn, type Preset } from './preset.js';

/** GitHub, and GitHub Enterprise Server by endpoints of its own. */
export const github: Preset = {
  name: 'github',
  title: 'GitHub',
  protocol: 'oauth2',
  scope: 'read:user user:email',
  clientAuthentication: 'post',
  claims: {
    sub: 'id',
    name: 'name',
    preferred_username: 'login',
    profile: 'html_url',
    picture: 'avatar_url',
    email: 'email',
  },
  endpoints: {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
  },
  parameters: ({ loginHint, afresh }) => ({
    ...(afresh ? { prompt: 'select_account' } : {}),
    ...(loginHint === undefined ? {} : { login: loginHint }),
  }),
  async profile({ userinfo, accessToken, ask }) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const user = claimsIn(await ask({ url: userinfo, headers }));
    const addresses = await ask({ url: `${userinfo}/emails`, headers });
    // The profile's own `email` is what the user likes to show; only the list says what was confirmed.
    const { email: _shown, ...known } = user;
    const primary = (Array.isArray(addresses) ? addresses : [])
      .map(claimsIn)
      .find((address) => address['primary'] === true && address['verified'] === true);
    return primary === undefined ? known : { ...known, email: primary['email'], email_verified: true };
  },
};
