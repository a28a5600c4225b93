import type { CaptchaProvider } from '#platform/config/index.js';

/** How a service is built into a page and asked afterwards; the three share one protocol and differ in names. */
export interface CaptchaProtocol {
  readonly scriptUrl: string;
  readonly verifyUrl: string;
  /** The class of the element that the script turns into the question. */
  readonly className: string;
  /** The field that the script adds to the form. */
  readonly field: string;
  /** What the policy of a page must allow besides the script. */
  readonly sources: {
    readonly scripts: readonly string[];
    readonly frames: readonly string[];
    readonly styles: readonly string[];
    readonly connections: readonly string[];
  };
}

const TURNSTILE = 'https://challenges.cloudflare.com';
const HCAPTCHA = ['https://hcaptcha.com', 'https://*.hcaptcha.com'];
const RECAPTCHA = 'https://www.google.com/recaptcha/';

const PROTOCOLS: Readonly<Record<CaptchaProvider, CaptchaProtocol>> = {
  turnstile: {
    scriptUrl: `${TURNSTILE}/turnstile/v0/api.js`,
    verifyUrl: `${TURNSTILE}/turnstile/v0/siteverify`,
    className: 'cf-turnstile',
    field: 'cf-turnstile-response',
    sources: { scripts: [], frames: [TURNSTILE], styles: [], connections: [] },
  },
  hcaptcha: {
    scriptUrl: 'https://js.hcaptcha.com/1/api.js',
    verifyUrl: 'https://api.hcaptcha.com/siteverify',
    className: 'h-captcha',
    field: 'h-captcha-response',
    sources: { scripts: HCAPTCHA, frames: HCAPTCHA, styles: HCAPTCHA, connections: HCAPTCHA },
  },
  recaptcha: {
    scriptUrl: `${RECAPTCHA}api.js`,
    verifyUrl: `${RECAPTCHA}api/siteverify`,
    className: 'g-recaptcha',
    field: 'g-recaptcha-response',
    sources: {
      scripts: [RECAPTCHA, 'https://www.gstatic.com/recaptcha/'],
      frames: [RECAPTCHA, 'https://recaptcha.google.com/recaptcha/'],
      styles: [],
      connections: [],
    },
  },
};

/** The protocol of a service, at the service itself or where somebody else speaks it. */
export function captchaProtocol(provider: CaptchaProvider, url: string | undefined): CaptchaProtocol {
  const protocol = PROTOCOLS[provider];
  if (url === undefined) return protocol;
  const own = [new URL(url).origin];
  return {
    ...protocol,
    scriptUrl: `${url}/api.js`,
    verifyUrl: `${url}/siteverify`,
    sources: { scripts: own, frames: own, styles: own, connections: own },
  };
}
