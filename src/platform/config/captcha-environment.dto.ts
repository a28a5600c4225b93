import { IsIn } from 'class-validator';
import { CAPTCHA_PROVIDERS, CaptchaSettings, type CaptchaProvider } from './captcha-settings.js';
import { Readable, variablesOf } from './environment-variable.decorator.js';
import { PasskeyEnvironment } from './passkey-environment.dto.js';
import { readUrl } from './readers.js';

const Captcha = variablesOf('CAPTCHA');

/** What the environment says about telling people from programs. */
export class CaptchaEnvironment extends PasskeyEnvironment {
  @Captcha(
    'The service that the sign-in page asks, after failures, whether a person sits there; without it nobody is asked.',
    'turnstile, hcaptcha or recaptcha, together with CAPTCHA_SITE_KEY and CAPTCHA_SECRET',
    { example: 'turnstile' },
  )
  @IsIn(CAPTCHA_PROVIDERS, { message: `is not one of ${CAPTCHA_PROVIDERS.join(', ')}` })
  CAPTCHA_PROVIDER?: CaptchaProvider;

  @Captcha('The key of this site at the service, which its pages show.', 'the site key that the service gave you')
  CAPTCHA_SITE_KEY?: string;

  @Captcha('The secret of this site at the service.', 'the secret that the service gave you', { secret: true })
  CAPTCHA_SECRET?: string;

  @Captcha('What happens to sign-ins while the service does not answer.', 'admit or refuse', { fallback: 'admit' })
  @IsIn(['admit', 'refuse'], { message: 'is neither admit nor refuse' })
  CAPTCHA_ON_OUTAGE?: 'admit' | 'refuse';

  @Captcha(
    'Where a service with the protocol of CAPTCHA_PROVIDER is that is not the provider itself: its script is api.js there, its check siteverify.',
    'an https URL without a trailing slash',
    { example: 'https://captcha.example.com/v1' },
  )
  @Readable(readUrl('https', 'http'))
  CAPTCHA_URL?: string;
}

/** Reads what the environment says about it; every value was found right before. */
export function captchaOf(environment: CaptchaEnvironment): CaptchaSettings {
  const { CAPTCHA_PROVIDER: provider, CAPTCHA_URL: url } = environment;
  return new CaptchaSettings({
    siteKey: environment.CAPTCHA_SITE_KEY ?? '',
    secret: environment.CAPTCHA_SECRET ?? '',
    onOutage: environment.CAPTCHA_ON_OUTAGE ?? 'admit',
    ...(provider === undefined ? {} : { provider }),
    ...(url === undefined ? {} : { url }),
  });
}
