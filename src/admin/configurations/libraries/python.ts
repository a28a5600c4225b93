import { quoted } from '../literals.js';
import { endpoint, SECRET_VARIABLE, type ConfigurationFacts, type Library } from '../library.js';

/** Libraries of Python. */
export const PYTHON_LIBRARIES: readonly Library[] = [
  {
    ...{ id: 'authlib-flask', title: 'Authlib with Flask', language: 'python', file: 'gatehouse.py' },
    documentation: 'https://docs.authlib.org/en/latest/client/flask.html',
    kinds: ['web'],
    methods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'],
    text: authlib,
  },
  {
    ...{ id: 'requests-oauthlib', title: 'requests-oauthlib', language: 'python', file: 'gatehouse.py' },
    documentation: 'https://requests-oauthlib.readthedocs.io/',
    kinds: ['web', 'machine'],
    methods: ['client_secret_basic', 'client_secret_post'],
    text: (facts) => (facts.kind === 'machine' ? requestsMachine(facts) : requestsSignIn(facts)),
  },
];

function authlib({ issuer, client, scope, redirectUri }: ConfigurationFacts): string {
  const { clientId, tokenEndpointAuthMethod: method } = client;
  return `import os

from authlib.integrations.flask_client import OAuth
from flask import redirect, session

oauth = OAuth()  # oauth.init_app(app) once the application is there, which needs a secret_key
oauth.register(
    "gatehouse",
    server_metadata_url=${quoted(`${issuer}/.well-known/openid-configuration`)},
    client_id=${quoted(clientId)},
    client_secret=os.environ["${SECRET_VARIABLE}"],
    client_kwargs={
        "scope": ${quoted(scope.join(' '))},
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": ${quoted(method)},
    },
)


def sign_in():
    """The view that sends the browser to sign in."""
    return oauth.gatehouse.authorize_redirect(${quoted(redirectUri)})


def signed_in():
    """The view at the redirect URI."""
    session["user"] = oauth.gatehouse.authorize_access_token()["userinfo"]
    return redirect("/")
`;
}

function requestsSignIn(facts: ConfigurationFacts): string {
  const { client, scope, redirectUri } = facts;
  return `import base64
import hashlib
import os
import secrets
${basicImports(facts)}from requests_oauthlib import OAuth2Session

# Users may untick what is optional: then fewer scopes are granted than were asked for.
os.environ.setdefault("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")

CLIENT_ID = ${quoted(client.clientId)}
SECRET = os.environ["${SECRET_VARIABLE}"]
REDIRECT_URI = ${quoted(redirectUri)}
SCOPE = ${quoted(scope.join(' '))}.split()


def start_sign_in():
    """Where to send the browser; keep state and verifier in its session until it comes back."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
    session = OAuth2Session(CLIENT_ID, redirect_uri=REDIRECT_URI, scope=SCOPE)
    url, state = session.authorization_url(
        ${quoted(endpoint(facts, 'authorize'))},
        code_challenge=challenge,
        code_challenge_method="S256",
    )
    return url, state, verifier


def finish_sign_in(url, state, verifier):
    """Who has signed in, from the URL that the browser came back to."""
    session = OAuth2Session(CLIENT_ID, redirect_uri=REDIRECT_URI, scope=SCOPE, state=state)
    session.fetch_token(
        ${quoted(endpoint(facts, 'token'))},
        authorization_response=url,
        code_verifier=verifier,
        ${proof(facts)}
    )
    return session.get(${quoted(endpoint(facts, 'userinfo'))}).json()
`;
}

function requestsMachine(facts: ConfigurationFacts): string {
  const { client, scope } = facts;
  return `import os
${basicImports(facts)}from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

CLIENT_ID = ${quoted(client.clientId)}
SECRET = os.environ["${SECRET_VARIABLE}"]
SCOPE = ${quoted(scope.join(' '))}.split()


def own_session():
    """A session whose requests carry a token of the application's own."""
    session = OAuth2Session(client=BackendApplicationClient(CLIENT_ID, scope=SCOPE))
    session.fetch_token(
        ${quoted(endpoint(facts, 'token'))},
        ${proof(facts)}
    )
    return session
`;
}

// RFC 6749 §2.3.1: both halves are form-encoded before they are joined, which requests does not do.
function proof({ client }: ConfigurationFacts): string {
  return client.tokenEndpointAuthMethod === 'client_secret_post'
    ? 'client_secret=SECRET,\n        include_client_id=True,'
    : 'auth=HTTPBasicAuth(quote_plus(CLIENT_ID), quote_plus(SECRET)),';
}

function basicImports({ client }: ConfigurationFacts): string {
  return client.tokenEndpointAuthMethod === 'client_secret_post'
    ? '\n'
    : 'from urllib.parse import quote_plus\n\nfrom requests.auth import HTTPBasicAuth\n';
}
