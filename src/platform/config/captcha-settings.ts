/** The services that tell people from programs, by the names that `CAPTCHA_PROVIDER` has for them. */
export const CAPTCHA_PROVIDERS = ['turnstile', 'hcaptcha', 'recaptcha'] as const;

/** One of these services. */
export type CaptchaProvider = (typeof CAPTCHA_PROVIDERS)[number];

/** Which service is asked whether a person signs in, after failures. */
export class CaptchaSettings {
  /** Without one, nobody is asked. */
  declare readonly provider?: CaptchaProvider;
  declare readonly siteKey: string;
  declare readonly secret: string;
  /** What happens while the service does not answer. */
  declare readonly onOutage: 'admit' | 'refuse';
  /** Where a service of the same protocol is instead. */
  declare readonly url?: string;

  constructor(values: { readonly [K in keyof CaptchaSettings]: CaptchaSettings[K] }) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** The settings as `gatehouse settings` shows them. */
export function shownCaptcha(captcha: CaptchaSettings): Readonly<Record<string, string | undefined>> {
  return {
    CAPTCHA_PROVIDER: captcha.provider,
    CAPTCHA_SITE_KEY: captcha.siteKey,
    CAPTCHA_SECRET: captcha.secret === '' ? '' : '********',
    CAPTCHA_ON_OUTAGE: captcha.onOutage,
    CAPTCHA_URL: captcha.url,
  };
}
