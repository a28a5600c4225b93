import { quoted } from '../literals.js';
import { SECRET_VARIABLE, type ConfigurationFacts, type Library } from '../library.js';

/** Frameworks of Java, .NET and Go. */
export const FRAMEWORKS: readonly Library[] = [
  {
    ...{ id: 'spring-security', title: 'Spring Security', language: 'yaml', file: 'application.yml' },
    documentation: 'https://docs.spring.io/spring-security/reference/servlet/oauth2/index.html',
    kinds: ['web', 'machine'],
    methods: ['client_secret_basic', 'client_secret_post'],
    text: spring,
  },
  {
    ...{ id: 'dotnet', title: 'ASP.NET Core (AddOpenIdConnect)', language: 'csharp', file: 'Program.cs' },
    documentation: 'https://learn.microsoft.com/aspnet/core/security/authentication/configure-oidc-web-authentication',
    kinds: ['web'],
    methods: ['client_secret_post'],
    text: dotnet,
  },
  {
    ...{ id: 'go', title: 'Go (golang.org/x/oauth2, go-oidc)', language: 'go', file: 'gatehouse.go' },
    documentation: 'https://pkg.go.dev/github.com/coreos/go-oidc/v3/oidc',
    kinds: ['web', 'machine'],
    methods: ['client_secret_basic', 'client_secret_post'],
    text: (facts) => (facts.kind === 'machine' ? goMachine(facts) : goSignIn(facts)),
  },
];

function spring({ issuer, kind, client, scope, redirectUri }: ConfigurationFacts): string {
  const grant = kind === 'machine' ? 'client_credentials' : 'authorization_code';
  const list = scope.map((name) => `\n              - ${quoted(name)}`).join('');
  const redirect = kind === 'machine' ? '' : `\n            redirect-uri: ${quoted(redirectUri)}`;
  return `spring:
  security:
    oauth2:
      client:
        registration:
          gatehouse:
            provider: gatehouse
            client-id: ${quoted(client.clientId)}
            client-secret: "\${${SECRET_VARIABLE}}"
            client-authentication-method: ${quoted(client.tokenEndpointAuthMethod)}
            authorization-grant-type: ${grant}${redirect}
            scope:${list === '' ? ' []' : list}
        provider:
          gatehouse:
            issuer-uri: ${quoted(issuer)}
`;
}

function dotnet({ issuer, client, scope, redirectUri, postLogoutRedirectUri }: ConfigurationFacts): string {
  const wanted = scope.map((name) => `    options.Scope.Add(${quoted(name)});`).join('\n');
  const signedOut =
    postLogoutRedirectUri === undefined
      ? ''
      : `    options.SignedOutCallbackPath = ${quoted(pathOf(postLogoutRedirectUri))};\n`;
  const insecure = issuer.startsWith('http:')
    ? '    options.RequireHttpsMetadata = false; // for development only\n'
    : '';
  return `builder.Services
  .AddAuthentication(options =>
  {
    options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
    options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
  })
  .AddCookie()
  .AddOpenIdConnect(options =>
  {
    options.Authority = ${quoted(issuer)};
    options.ClientId = ${quoted(client.clientId)};
    options.ClientSecret = Environment.GetEnvironmentVariable("${SECRET_VARIABLE}");
    options.ResponseType = "code";
    options.UsePkce = true;
    options.CallbackPath = ${quoted(pathOf(redirectUri))};
${signedOut}${insecure}    options.Scope.Clear();
${wanted}
    options.MapInboundClaims = false;
    options.GetClaimsFromUserInfoEndpoint = true;
    options.SaveTokens = true;
  });
`;
}

function pathOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).pathname : '/';
}

function goStyle({ client }: ConfigurationFacts): string {
  return client.tokenEndpointAuthMethod === 'client_secret_post'
    ? 'oauth2.AuthStyleInParams'
    : 'oauth2.AuthStyleInHeader';
}

function goScopes({ scope }: ConfigurationFacts): string {
  return `[]string{${scope.map(quoted).join(', ')}}`;
}

function goSignIn(facts: ConfigurationFacts): string {
  const { issuer, client, redirectUri } = facts;
  return `package gatehouse

import (
	"context"
	"errors"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Login signs users in.
type Login struct {
	config   oauth2.Config
	verifier *oidc.IDTokenVerifier
}

// NewLogin discovers the service.
func NewLogin(ctx context.Context) (*Login, error) {
	provider, err := oidc.NewProvider(ctx, ${quoted(issuer)})
	if err != nil {
		return nil, err
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = ${goStyle(facts)}
	return &Login{
		config: oauth2.Config{
			ClientID:     ${quoted(client.clientId)},
			ClientSecret: os.Getenv("${SECRET_VARIABLE}"),
			RedirectURL:  ${quoted(redirectUri)},
			Endpoint:     endpoint,
			Scopes:       ${goScopes(facts)},
		},
		verifier: provider.Verifier(&oidc.Config{ClientID: ${quoted(client.clientId)}}),
	}, nil
}

${GO_SIGN_IN}`;
}

const GO_SIGN_IN = `// URL says where to send the browser. Make state, nonce (each oauth2.GenerateVerifier()) and verifier anew for each sign-in, and keep them in its session.
func (login *Login) URL(state, nonce, verifier string) string {
	return login.config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
}

// Finish says who has signed in, from the code that the browser came back with; compare its state before.
func (login *Login) Finish(ctx context.Context, code, nonce, verifier string) (*oidc.IDToken, error) {
	tokens, err := login.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, err
	}
	raw, _ := tokens.Extra("id_token").(string)
	idToken, err := login.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if idToken.Nonce != nonce {
		return nil, errors.New("the ID token is for another sign-in")
	}
	return idToken, nil
}
`;

function goMachine(facts: ConfigurationFacts): string {
  return `package gatehouse

import (
	"context"
	"net/http"
	"os"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// Client makes requests that carry a token of the application's own.
func Client(ctx context.Context) *http.Client {
	config := clientcredentials.Config{
		ClientID:     ${quoted(facts.client.clientId)},
		ClientSecret: os.Getenv("${SECRET_VARIABLE}"),
		TokenURL:     ${quoted(`${facts.issuer}/oauth2/token`)},
		Scopes:       ${goScopes(facts)},
		AuthStyle:    ${goStyle(facts)},
	}
	return config.Client(ctx)
}
`;
}
