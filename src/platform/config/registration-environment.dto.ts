import { Readable, variablesOf } from './environment-variable.decorator.js';
import { CaptchaEnvironment } from './captcha-environment.dto.js';
import { readNumber } from './readers.js';
import { readGrantTypes, readOptionalScopes, readRedirectHosts, readScopes } from './registration-readers.js';

const Registration = variablesOf('Clients that register themselves');

const MOST_DAYS = 3650;
const MOST_REGISTRATIONS = 100_000;

/** The whole environment: the service's own, and what clients may take that register themselves (RFC 7591 §5). */
export class Environment extends CaptchaEnvironment {
  @Registration(
    'The scopes that such clients may ask for; those of the administration API cannot be had whatever it says.',
    'a comma-separated list of scopes',
    { fallback: 'openid,profile,email,address,phone,offline_access', example: 'openid,profile,email,orders.read' },
  )
  @Readable(readScopes)
  CLIENT_REGISTRATION_SCOPES?: string;

  @Registration(
    'The standard scopes that users may leave out when such a client asks for them; those of APIs they always may.',
    'a comma-separated list of scopes without openid',
    { example: 'email,phone,offline_access' },
  )
  @Readable(readOptionalScopes)
  CLIENT_REGISTRATION_OPTIONAL_SCOPES?: string;

  @Registration(
    'The grant types that such clients may have.',
    'a comma-separated list of authorization_code, refresh_token and implicit, the first always among them',
    { fallback: 'authorization_code,refresh_token,implicit' },
  )
  @Readable(readGrantTypes)
  CLIENT_REGISTRATION_GRANT_TYPES?: string;

  @Registration(
    'The hosts that such clients may send users back to.',
    'a comma-separated list of host names; *.example.com means every host below example.com',
    { fallback: 'every host', example: '*.corp.example,partner.example' },
  )
  @Readable(readRedirectHosts)
  CLIENT_REGISTRATION_REDIRECT_HOSTS?: string;

  @Registration(
    'After how many days such a client goes if nobody ever signed in with it.',
    `a whole number from 1 to ${MOST_DAYS}`,
    { fallback: '90' },
  )
  @Readable(readNumber(1, MOST_DAYS))
  CLIENT_REGISTRATION_UNUSED_DAYS?: string;

  @Registration(
    'How many registrations one address may send in an hour, and how many changes of clients by themselves.',
    `a whole number from 1 to ${MOST_REGISTRATIONS}`,
    { fallback: '300' },
  )
  @Readable(readNumber(1, MOST_REGISTRATIONS))
  CLIENT_REGISTRATION_RATE?: string;

  @Registration(
    'Who may vouch for such clients with a software statement: each issuer with its `jwks_uri` or its `jwks`.',
    'the path of a JSON file such as {"https://directory.example": {"jwks_uri": "https://directory.example/jwks"}}',
    { example: '/etc/gatehouse/statement-issuers.json' },
  )
  SOFTWARE_STATEMENT_ISSUERS_FILE?: string;
}
