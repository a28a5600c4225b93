import { keyedDigest } from '#platform/crypto/index.js';
import { claimsIn, type Preset } from './preset.js';

const FIELDS = 'id,name,first_name,middle_name,last_name,email,picture.type(large)';

/** Facebook Login. */
export const facebook: Preset = {
  name: 'facebook',
  title: 'Facebook',
  protocol: 'oauth2',
  scope: 'public_profile email',
  clientAuthentication: 'post',
  claims: {
    sub: 'id',
    name: 'name',
    given_name: 'first_name',
    middle_name: 'middle_name',
    family_name: 'last_name',
    email: 'email',
    picture: 'picture.data.url',
  },
  endpoints: {
    authorization: 'https://www.facebook.com/v23.0/dialog/oauth',
    token: 'https://graph.facebook.com/v23.0/oauth/access_token',
    userinfo: 'https://graph.facebook.com/v23.0/me',
  },
  parameters: ({ afresh }) => (afresh ? { auth_type: 'reauthenticate' } : {}),
  async profile({ userinfo, accessToken, clientSecret = '', ask }) {
    const url = new URL(userinfo);
    url.searchParams.set('fields', FIELDS);
    // Shows that whoever uses the token knows the secret of the application too.
    url.searchParams.set('appsecret_proof', keyedDigest(clientSecret, accessToken));
    return claimsIn(await ask({ url: url.href, headers: { authorization: `Bearer ${accessToken}` } }));
  },
  // It says nothing of whether an address was confirmed.
  vouchesFor: () => false,
};
