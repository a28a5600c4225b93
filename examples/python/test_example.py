#!/usr/bin/env python3
"""Tests of a whole deployment with oauthlib; ISSUER, ADMIN_CLIENT_ID and ADMIN_CLIENT_SECRET say which one."""

import os
import secrets
import unittest

import requests
from oauthlib.oauth2.rfc6749.errors import InvalidClientError, InvalidGrantError
from requests.auth import HTTPBasicAuth

import gatehouse_example as example

ISSUER = os.environ.get('ISSUER', 'http://localhost:3000')


class ExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.metadata = example.discover(ISSUER)
        cls.admin = example.administrator(
            cls.metadata, os.environ['ADMIN_CLIENT_ID'], os.environ['ADMIN_CLIENT_SECRET']
        )
        cls.client = example.register_client(cls.admin, ISSUER)
        number = secrets.token_hex(4)
        cls.user = example.User(
            f'dinah-{number}', secrets.token_urlsafe(16), 'Dinah Liddell', f'dinah-{number}@acme.example'
        )
        cls.registered = example.register_user(cls.admin, ISSUER, cls.user)

    def test_reads_the_email_address_of_a_user_it_registered(self):
        application, tokens = example.sign_in(self.metadata, self.client, self.user)
        claims = example.user_info(self.metadata, application)
        self.assertEqual(set(tokens['scope']), {'openid', 'email'})
        self.assertEqual(
            claims, {'sub': self.registered['id'], 'email': self.user.email, 'email_verified': True}
        )

    def test_refuses_a_wrong_password(self):
        wrong = example.User(self.user.username, 'not the password', '', '')
        with self.assertRaisesRegex(RuntimeError, '/sign-in answered 422'):
            example.sign_in(self.metadata, self.client, wrong)

    def test_refuses_a_wrong_client_secret(self):
        with self.assertRaises(InvalidClientError):
            example.sign_in(self.metadata, {**self.client, 'client_secret': 'wrong'}, self.user)

    def test_refuses_a_wrong_administrator(self):
        with self.assertRaises(InvalidClientError):
            example.administrator(self.metadata, os.environ['ADMIN_CLIENT_ID'], 'wrong')

    def test_gives_nothing_for_a_code_that_was_redeemed(self):
        application, tokens = example.sign_in(self.metadata, self.client, self.user)
        code = application._client.code
        with self.assertRaises(InvalidGrantError):
            application.fetch_token(
                self.metadata['token_endpoint'],
                code=code,
                auth=HTTPBasicAuth(self.client['client_id'], self.client['client_secret']),
            )
        # RFC 6749 section 4.1.2: a code that comes twice ends what was issued for it the first time.
        answer = requests.get(
            self.metadata['userinfo_endpoint'],
            headers={'Authorization': f"Bearer {tokens['access_token']}"},
            timeout=10,
        )
        self.assertEqual(answer.status_code, 401)


if __name__ == '__main__':
    unittest.main(verbosity=2, warnings='ignore')  # requests keeps connections open; they are not leaks
