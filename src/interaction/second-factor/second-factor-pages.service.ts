import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailCodes, PasskeyCeremonies, RememberedBrowsers } from '#authentication/index.js';
import { FormGuard, type PostedForm } from '#platform/http/index.js';
import { accountCard, SecondFactorPage, type SecondFactorError, type SecondFactorWay } from '#views/index.js';
import { Pages } from '../pages.service.js';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { maskedAddress } from './masked-address.js';

const PATH = '/second-factor';

/** What is asked on the page. */
export interface AskedWay {
  readonly way: SecondFactorWay;
  readonly ways: readonly SecondFactorWay[];
}

/** Shows the page that asks for a second factor, and takes only the form that it holds (RFC 9700 §4.7). */
@Injectable()
export class SecondFactorPages {
  constructor(
    private readonly pages: Pages,
    private readonly pending: PendingSignIns,
    private readonly forms: FormGuard,
    private readonly mailCodes: MailCodes,
    private readonly browsers: RememberedBrowsers,
    private readonly ceremonies: PasskeyCeremonies,
  ) {}

  /** The posted form; undefined when it is not ours, or of another sign-in. */
  accept(request: FastifyRequest, visit: SignInVisit): PostedForm | undefined {
    return this.forms.accept(request, bindings(visit));
  }

  async show(reply: FastifyReply, visit: SignInVisit, asked: AskedWay, fault?: SecondFactorFault): Promise<void> {
    const { user, pending, browser } = visit;
    const { way, ways } = asked;
    const rememberDays = await this.browsers.days();
    const sent = way === 'mail_code' && (await this.mailCodes.isSent({ signInId: pending.id, browser }));
    const passkey = way === 'passkey' ? { options: await this.ceremonies.secondFactor(browser, user.id) } : undefined;
    this.pages.showStep(reply, visit, fault?.status ?? 200, SecondFactorPage, {
      action: this.pending.address(PATH, visit.interaction),
      csrf: this.forms.issue(bindings(visit)),
      // Whoever has only the password learns no address.
      account: { ...accountCard(user), email: undefined },
      way,
      others: ways.filter((other) => other !== way).map((other) => ({ way: other, href: this.href(visit, other) })),
      mail: way === 'mail_code' ? { to: maskedAddress(user.claims.email ?? ''), sent } : undefined,
      passkey,
      rememberDays: rememberDays === 0 ? undefined : rememberDays,
      error: fault?.error,
    });
  }

  href(visit: SignInVisit, way: SecondFactorWay): string {
    const address = this.pending.address(PATH, visit.interaction);
    return `${address}${address.includes('?') ? '&' : '?'}way=${way}`;
  }
}

/** Why the form comes back, and the status that says so. */
export interface SecondFactorFault {
  readonly status: 422 | 429;
  readonly error: SecondFactorError;
}

/** The form is good for this sign-in in this browser. */
function bindings({ browser, pending }: SignInVisit): string[] {
  return [PATH, browser, pending.id];
}
