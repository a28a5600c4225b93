import { Injectable, Logger } from '@nestjs/common';
import { CaptchaSettings, IssuerSettings } from '#platform/config/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { typedName } from '#users/index.js';
import { AttemptsService } from '../throttling/attempts.service.js';
import { captchaProtocol, type CaptchaProtocol } from './captcha-protocol.js';

/** So many failures for a name, or from an address, make it likely that a program tries. */
const FAILURES = { name: 3, address: 20 };

/** Who is about to sign in. */
interface CaptchaOccasion {
  readonly address: string;
  /** What was typed as the name, if anything was. */
  readonly username?: string | undefined;
}

/** What the page must show so that the service can ask. */
export interface CaptchaQuestion extends CaptchaProtocol {
  readonly siteKey: string;
}

/** What came of it; `missing` when the question was not answered at all. */
export type CaptchaVerdict = 'passed' | 'missing' | 'refused';

/** Asks a service whether a person signs in: only after failures, and only where an operator has chosen one. */
@Injectable()
export class Captchas {
  readonly #logger = new Logger('authentication');
  readonly #protocol: CaptchaProtocol | undefined;

  constructor(
    private readonly settings: CaptchaSettings,
    private readonly attempts: AttemptsService,
    private readonly outbound: OutboundHttp,
    private readonly issuer: IssuerSettings,
  ) {
    const { provider, url } = settings;
    this.#protocol = provider === undefined ? undefined : captchaProtocol(provider, url);
  }

  /** What to ask now; undefined when nothing is asked. */
  async question({ address, username }: CaptchaOccasion): Promise<CaptchaQuestion | undefined> {
    if (this.#protocol === undefined) return undefined;
    const loginName = username === undefined ? undefined : (typedName(username) ?? username);
    const failures = await this.attempts.failures({ address, loginName });
    const isDue = failures.name >= FAILURES.name || failures.address >= FAILURES.address;
    return isDue ? { ...this.#protocol, siteKey: this.settings.siteKey } : undefined;
  }

  /** Judges what the form brought along, `answer` being its field of that name. */
  async judge(occasion: CaptchaOccasion, answer: (field: string) => string | undefined): Promise<CaptchaVerdict> {
    const question = await this.question(occasion);
    if (question === undefined) return 'passed';
    const response = answer(question.field) ?? '';
    return response === '' ? 'missing' : this.verify(question, response, occasion.address);
  }

  private async verify({ verifyUrl }: CaptchaProtocol, response: string, address: string): Promise<CaptchaVerdict> {
    const form = { secret: this.settings.secret, response, remoteip: address };
    const answer = await this.outbound.exchange({ url: verifyUrl, mediaTypes: ['application/json'], form });
    const verdict = answer.outcome === 'answered' && answer.status === 200 ? parsed(answer.body) : undefined;
    if (verdict === undefined) {
      const { onOutage } = this.settings;
      this.#logger.warn({ msg: 'the CAPTCHA service does not answer', onOutage });
      return onOutage === 'admit' ? 'passed' : 'refused';
    }
    // An answer that was given on another site proves nothing here
    const here = verdict.hostname === undefined || verdict.hostname === new URL(this.issuer.issuer).hostname;
    return verdict.success && here ? 'passed' : 'refused';
  }
}

function parsed(body: Buffer): { readonly success: boolean; readonly hostname?: string } | undefined {
  try {
    const { success, hostname } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (typeof success !== 'boolean') return undefined;
    return typeof hostname === 'string' && hostname !== '' ? { success, hostname } : { success };
  } catch {
    return undefined;
  }
}
