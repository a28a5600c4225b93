import { createRemoteJWKSet, jwtVerify } from 'jose';
import OAuth2Strategy from 'passport-oauth2';
import { fetchUserInfo } from './provider.js';

/**
 * Signing in with OpenID Connect over passport-oauth2, which does the authorization code flow with PKCE and state.
 * What OpenID Connect adds to OAuth 2.0 is here: the nonce, the issuer of the answer, the ID token and user info.
 */
export class OpenIdStrategy extends OAuth2Strategy {
  constructor({ metadata, client, callbackUrl, scope }) {
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
    const options = {
      authorizationURL: metadata.authorization_endpoint,
      tokenURL: metadata.token_endpoint,
      clientID: client.id,
      clientSecret: client.secret,
      callbackURL: callbackUrl,
      scope,
      state: true,
      pkce: true, // S256
      passReqToCallback: true,
    };
    // passport-oauth2 counts the parameters: with six of them the whole token response is the fourth.
    super(options, async (request, accessToken, refreshToken, tokens, userInfo, done) => {
      try {
        const { payload } = await jwtVerify(tokens.id_token, keys, { issuer: metadata.issuer, audience: client.id });
        if (payload.nonce !== request.session.nonce) throw new Error('the ID token belongs to another sign-in');
        if (payload.sub !== userInfo.sub) throw new Error('user info speaks of another user');
        done(null, { ...tokens, refresh_token: refreshToken, userInfo });
      } catch (error) {
        done(error);
      }
    });
    this.name = 'openid';
    this.metadata = metadata; // no #private field: passport works on objects derived from this one
  }

  authenticate(request, options) {
    // RFC 9207: the answer names its issuer, so that an answer of another provider cannot be mistaken for it.
    const answered = request.query.code !== undefined || request.query.error !== undefined;
    if (answered && request.query.iss !== this.metadata.issuer) {
      this.error(new Error('this answer is not from the provider that was asked'));
      return;
    }
    super.authenticate(request, options);
  }

  authorizationParams({ nonce, prompt }) {
    return prompt === undefined ? { nonce } : { nonce, prompt };
  }

  userProfile(accessToken, done) {
    fetchUserInfo(this.metadata, accessToken).then((claims) => done(null, claims), done);
  }
}
