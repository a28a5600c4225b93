import { apacheText, quoted, shellText } from '../literals.js';
import { endpoint, SECRET_VARIABLE, type ConfigurationFacts, type Library } from '../library.js';

/** What stands in front of applications, and what needs no library at all. */
export const PROXIES: readonly Library[] = [
  {
    ...{ id: 'mod-auth-openidc', title: 'Apache (mod_auth_openidc)', language: 'apache', file: 'gatehouse.conf' },
    documentation: 'https://github.com/OpenIDC/mod_auth_openidc',
    kinds: ['web'],
    methods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'],
    text: modAuthOpenidc,
  },
  {
    ...{ id: 'oauth2-proxy', title: 'oauth2-proxy, for nginx and Traefik', language: 'toml', file: 'oauth2-proxy.cfg' },
    documentation: 'https://oauth2-proxy.github.io/oauth2-proxy/',
    kinds: ['web'],
    methods: ['client_secret_basic', 'client_secret_post'],
    text: oauth2Proxy,
  },
  {
    ...{ id: 'curl', title: 'curl', language: 'shell', file: 'token.sh' },
    documentation: 'https://curl.se/docs/manpage.html',
    kinds: ['machine'],
    methods: ['client_secret_basic', 'client_secret_post'],
    text: curl,
  },
];

function modAuthOpenidc({ issuer, client, scope, redirectUri }: ConfigurationFacts): string {
  return `# In the virtual host; the variables are those of the environment that Apache is started in.
OIDCProviderMetadataURL ${apacheText(`${issuer}/.well-known/openid-configuration`)}
OIDCClientID ${apacheText(client.clientId)}
OIDCClientSecret "\${${SECRET_VARIABLE}}"
OIDCProviderTokenEndpointAuth ${client.tokenEndpointAuthMethod}
OIDCRedirectURI ${apacheText(redirectUri)}
OIDCScope ${apacheText(scope.join(' '))}
OIDCResponseType code
OIDCPKCEMethod S256
OIDCCryptoPassphrase "\${GATEHOUSE_COOKIE_PASSPHRASE}"

<Location />
  AuthType openid-connect
  Require valid-user
</Location>
`;
}

function oauth2Proxy({ issuer, client, scope, redirectUri }: ConfigurationFacts): string {
  return `# The secrets are in the environment: OAUTH2_PROXY_CLIENT_SECRET and OAUTH2_PROXY_COOKIE_SECRET (32 random bytes).
provider = "oidc"
provider_display_name = "Gatehouse"
oidc_issuer_url = ${quoted(issuer)}
client_id = ${quoted(client.clientId)}
redirect_url = ${quoted(redirectUri)}
scope = ${quoted(scope.join(' '))}
code_challenge_method = "S256"
email_domains = ["*"]
# behind auth_request of nginx, or ForwardAuth of Traefik
reverse_proxy = true
set_xauthrequest = true
`;
}

function curl(facts: ConfigurationFacts): string {
  const { client, scope } = facts;
  const inBody = client.tokenEndpointAuthMethod === 'client_secret_post';
  // RFC 6749 §2.3.1: both halves are form-encoded before they are joined, in which a colon would be ambiguous.
  const proof = inBody
    ? `--data-urlencode client_id=${shellText(client.clientId)} --data-urlencode "client_secret=$${SECRET_VARIABLE}"`
    : `--user ${shellText(formEncoded(client.clientId))}":$${SECRET_VARIABLE}"`;
  const wanted = scope.length === 0 ? '' : ` \\\n  --data-urlencode scope=${shellText(scope.join(' '))}`;
  return `curl --fail-with-body --silent --show-error ${shellText(endpoint(facts, 'token'))} \\
  ${proof} \\
  --data grant_type=client_credentials${wanted}
`;
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
