#!/usr/bin/env python3
"""Registers a user and an application, signs the user in, and reads the user's e-mail address.

Everything goes through oauthlib and requests-oauthlib, unchanged. See README.md for how to run it.
"""

import os
import secrets
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests
from oauthlib.oauth2 import BackendApplicationClient, WebApplicationClient
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

# Nobody listens here: the example reads the answer from the redirect, as an application reads it from its own URL.
REDIRECT_URI = 'http://127.0.0.1:8765/callback'
SCOPE = ['openid', 'email']


@dataclass(frozen=True)
class User:
    """Somebody who will have an account."""

    username: str
    password: str
    name: str
    email: str


def discover(issuer):
    """What an OAuth client library has to know about the service: ask the service, never write it down."""
    response = requests.get(f'{issuer}/.well-known/openid-configuration', timeout=10)
    response.raise_for_status()
    metadata = response.json()
    if metadata['issuer'] != issuer:
        raise RuntimeError(f"{issuer} calls itself {metadata['issuer']}")
    return metadata


def administrator(metadata, client_id, client_secret):
    """A session whose requests carry an administrator's access token (grant type client_credentials)."""
    session = OAuth2Session(client=BackendApplicationClient(client_id))
    session.fetch_token(metadata['token_endpoint'], auth=HTTPBasicAuth(client_id, client_secret))
    return session


def create(session, url, body):
    """Creates a record over the administration API; a refusal names each fault."""
    response = session.post(url, json=body, timeout=10)
    if response.status_code != 201:
        raise RuntimeError(f'{url} answered {response.status_code}: {response.text}')
    return response.json()


def register_user(session, issuer, user):
    """Registers a new user, who can sign in from now on."""
    claims = {'name': user.name, 'email': user.email, 'email_verified': True}
    return create(session, f'{issuer}/api/v1/users', {'username': user.username, 'password': user.password, **claims})


def register_client(session, issuer):
    """Registers the application; the answer is the only place where its secret is ever shown."""
    client = {'client_name': 'Python example', 'redirect_uris': [REDIRECT_URI], 'scope': ' '.join(SCOPE)}
    return create(session, f'{issuer}/api/v1/clients', client)


def sign_in(metadata, client, user):
    """The authorization code flow with PKCE and state, up to a session that carries the user's access token."""
    protocol = WebApplicationClient(client['client_id'])
    application = OAuth2Session(client=protocol, redirect_uri=REDIRECT_URI, scope=SCOPE)
    verifier = protocol.create_code_verifier(64)
    challenge = protocol.create_code_challenge(verifier, 'S256')
    url, state = application.authorization_url(
        metadata['authorization_endpoint'], code_challenge=challenge, code_challenge_method='S256'
    )
    answer = Browser().answer_everything(url, user)
    tokens = application.fetch_token(
        metadata['token_endpoint'],
        authorization_response=answer,
        state=state,
        code_verifier=verifier,
        auth=HTTPBasicAuth(client['client_id'], client['client_secret']),
    )
    return application, tokens


def user_info(metadata, application):
    """What the user let the application know."""
    response = application.get(metadata['userinfo_endpoint'], timeout=10)
    response.raise_for_status()
    return response.json()


class Browser:
    """Stands in for the person at the browser: fills in the forms as they are served, hidden fields included."""

    def __init__(self):
        self.session = requests.Session()

    def answer_everything(self, url, user):
        """Opens a page, signs in, allows what is asked, and gives the address that the browser ends at."""
        response = self.session.get(url, allow_redirects=False, timeout=10)
        for _ in range(20):
            if response.is_redirect:
                target = urljoin(response.url, response.headers['location'])
                if target.startswith(REDIRECT_URI):
                    return target
                response = self.session.get(target, allow_redirects=False, timeout=10)
            elif response.ok:
                response = self.submit(response, user)
            else:
                raise RuntimeError(f'{urlsplit(response.url).path} answered {response.status_code}')
        raise RuntimeError('the sign-in does not come to an end')

    def submit(self, page, user):
        """Sends the form of a page with what this user answers."""
        form = Form.of(page)
        if 'password' in dict(form.fields):
            form.fill(username=user.username, password=user.password, action='sign-in')
        elif 'decision' in form.buttons:
            form.fill(decision='allow')
        else:
            raise RuntimeError(f'{urlsplit(page.url).path} has no form that is known')
        target = urljoin(page.url, form.action)
        return self.session.post(target, data=form.fields, allow_redirects=False, timeout=10)


class Form(HTMLParser):
    """The form of a page that has something to fill in or to decide."""

    def __init__(self):
        super().__init__()
        self.action, self.buttons = '', set()
        self.fields = []  # pairs: several boxes may have one name
        self.open = False

    @classmethod
    def of(cls, page):
        form = cls()
        form.feed(page.text)
        return form

    def fill(self, **answers):
        """Puts these values in the place of those that were served."""
        self.fields = [(name, value) for name, value in self.fields if name not in answers] + list(answers.items())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == 'form':
            # A page may have a second, small form; the first one is the page's own.
            self.open = self.action == ''
            self.action = self.action or given['action']
        elif self.open and tag == 'button' and 'name' in given:
            self.buttons.add(given['name'])
        elif self.open and tag == 'input' and 'name' in given:
            chosen = given.get('type') not in ('checkbox', 'radio') or 'checked' in given
            if chosen:
                self.fields.append((given['name'], given.get('value') or ''))

    def handle_endtag(self, tag):
        if tag == 'form':
            self.open = False


def main():
    issuer = os.environ.get('ISSUER', 'http://localhost:3000')
    metadata = discover(issuer)
    admin = administrator(metadata, os.environ['ADMIN_CLIENT_ID'], os.environ['ADMIN_CLIENT_SECRET'])

    number = secrets.token_hex(4)
    user = User(f'dinah-{number}', secrets.token_urlsafe(16), 'Dinah Liddell', f'dinah-{number}@acme.example')
    registered = register_user(admin, issuer, user)
    print(f"Registered the user {registered['username']} with the id {registered['id']}")
    client = register_client(admin, issuer)
    print(f"Registered the client {client['client_id']}")

    application, tokens = sign_in(metadata, client, user)
    print(f"Signed in; the access token is good for {tokens['expires_in']} seconds and for: {' '.join(tokens['scope'])}")
    claims = user_info(metadata, application)
    print(f"User info: {claims}")

    if claims['sub'] != registered['id'] or claims['email'] != user.email or claims['email_verified'] is not True:
        sys.exit('User info is not what was registered')
    print('The example passed.')


if __name__ == '__main__':
    main()
