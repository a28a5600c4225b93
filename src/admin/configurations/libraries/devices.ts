import { kotlinText, quoted, swiftText } from '../literals.js';
import type { ConfigurationFacts, Library } from '../library.js';

/** Libraries of browsers and phones, which keep no secret. */
export const DEVICE_LIBRARIES: readonly Library[] = [
  {
    ...{ id: 'oidc-client-ts', title: 'oidc-client-ts', language: 'typescript', file: 'gatehouse.ts' },
    documentation: 'https://github.com/authts/oidc-client-ts',
    kinds: ['single-page'],
    methods: ['none'],
    text: oidcClientTs,
  },
  {
    ...{ id: 'appauth-android', title: 'AppAuth for Android', language: 'kotlin', file: 'Gatehouse.kt' },
    documentation: 'https://github.com/openid/AppAuth-Android',
    kinds: ['native'],
    methods: ['none'],
    text: appAuthAndroid,
  },
  {
    ...{ id: 'appauth-ios', title: 'AppAuth for iOS and macOS', language: 'swift', file: 'Gatehouse.swift' },
    documentation: 'https://github.com/openid/AppAuth-iOS',
    kinds: ['native'],
    methods: ['none'],
    text: appAuthIos,
  },
];

function oidcClientTs({ issuer, client, scope, redirectUri, postLogoutRedirectUri }: ConfigurationFacts): string {
  const signedOut =
    postLogoutRedirectUri === undefined ? '' : `\n  post_logout_redirect_uri: ${quoted(postLogoutRedirectUri)},`;
  return `import { UserManager } from 'oidc-client-ts';

// signinRedirect() on a click, signinCallback() on the page of the redirect URI; PKCE, state and nonce are its own affair.
export const users = new UserManager({
  authority: ${quoted(issuer)},
  client_id: ${quoted(client.clientId)},
  redirect_uri: ${quoted(redirectUri)},${signedOut}
  response_type: 'code',
  scope: ${quoted(scope.join(' '))},
});
`;
}

function appAuthAndroid({ issuer, client, scope, redirectUri }: ConfigurationFacts): string {
  return `import android.net.Uri
import net.openid.appauth.AuthorizationRequest
import net.openid.appauth.AuthorizationServiceConfiguration
import net.openid.appauth.ResponseTypeValues

// AppAuth adds PKCE, state and nonce; give the request to AuthorizationService.getAuthorizationRequestIntent.
fun signInRequest(found: (AuthorizationRequest?, Exception?) -> Unit) {
    AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse(${kotlinText(issuer)})) { configuration, failure ->
        if (configuration == null) return@fetchFromIssuer found(null, failure)
        val request = AuthorizationRequest.Builder(
            configuration,
            ${kotlinText(client.clientId)},
            ResponseTypeValues.CODE,
            Uri.parse(${kotlinText(redirectUri)}),
        ).setScope(${kotlinText(scope.join(' '))}).build()
        found(request, null)
    }
}
`;
}

function appAuthIos({ issuer, client, scope, redirectUri }: ConfigurationFacts): string {
  const scopes = scope.map(swiftText).join(', ');
  return `import AppAuth

// AppAuth adds PKCE, state and nonce; give the request to OIDAuthState.authState(byPresenting:presenting:).
func signInRequest(found: @escaping (OIDAuthorizationRequest?, Error?) -> Void) {
  OIDAuthorizationService.discoverConfiguration(forIssuer: URL(string: ${swiftText(issuer)})!) { configuration, failure in
    guard let configuration else { return found(nil, failure) }
    let request = OIDAuthorizationRequest(
      configuration: configuration,
      clientId: ${swiftText(client.clientId)},
      scopes: [${scopes}],
      redirectURL: URL(string: ${swiftText(redirectUri)})!,
      responseType: OIDResponseTypeCode,
      additionalParameters: nil
    )
    found(request, nil)
  }
}
`;
}
