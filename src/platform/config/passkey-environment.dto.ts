import { PasswordEnvironment } from './password-environment.dto.js';
import { read, Readable, type Reading, unreadable, variablesOf } from './environment-variable.decorator.js';
import { PasskeySettings } from './passkey-settings.js';
import { elements, isHostName } from './readers.js';

const Passkeys = variablesOf('Passkeys');

/** What the environment says about passkeys (WebAuthn Level 3). */
export class PasskeyEnvironment extends PasswordEnvironment {
  @Passkeys(
    'The domain that passkeys belong to instead of the host of ISSUER, for an issuer that shares them with its parent domain or has moved; those made before another value no longer work.',
    'a parent domain of the host of ISSUER, or a domain whose /.well-known/webauthn lists the origin of ISSUER',
    { example: 'example.com' },
  )
  @Readable(readDomain)
  PASSKEY_DOMAIN?: string;

  @Passkeys(
    'Origins besides that of ISSUER whose pages and applications may use the passkeys; /.well-known/webauthn lists them.',
    'a comma-separated list of https origins, or of android:apk-key-hash:… for Android applications',
    { example: 'https://login.example.net' },
  )
  @Readable(readOrigins)
  PASSKEY_ORIGINS?: string;
}

/** Reads what the environment says about passkeys; every value was found right before. */
export function passkeysOf({ PASSKEY_DOMAIN: domain, PASSKEY_ORIGINS: origins }: PasskeyEnvironment): PasskeySettings {
  return new PasskeySettings({
    relatedOrigins: origins === undefined ? [] : elements(origins),
    ...(domain === undefined ? {} : { domain }),
  });
}

function readDomain(text: string): Reading<string> {
  const canonical = isHostName(text) && text === text.toLowerCase();
  return canonical ? read(text) : unreadable('is not a domain name in lower case');
}

function readOrigins(text: string): Reading<string[]> {
  const origins = elements(text);
  const wrong = origins.find((origin) => !isOrigin(origin));
  return wrong === undefined ? read(origins) : unreadable(`"${wrong}" is not an origin`);
}

function isOrigin(text: string): boolean {
  if (/^android:apk-key-hash:[A-Za-z0-9_-]{43}$/.test(text)) return true;
  return URL.canParse(text) && text.startsWith('https://') && new URL(text).origin === text;
}
