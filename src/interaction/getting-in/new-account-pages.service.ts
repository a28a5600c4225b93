import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NewAccounts, type AccountOffer, type SignUpTicket } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { PostedForm } from '#platform/http/index.js';
import {
  ErrorPages,
  NewAccountPage,
  OutcomePage,
  PublicForms,
  type NewAccountFaults,
  type PublicVisit,
} from '#views/index.js';
import { isFaulty, newAccountFields, refusedFields, type NewAccountFields } from './new-account-form.js';
import { FirstSteps, type Terms } from './first-steps.service.js';

/** Lets whoever holds a link make the account; opening it changes nothing, only the form does. */
@Injectable()
export class NewAccountPages {
  constructor(
    private readonly accounts: NewAccounts,
    private readonly firstSteps: FirstSteps,
    private readonly pages: PublicForms,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
  ) {}

  async show(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit): Promise<void> {
    const offer = await this.accounts.open(ticketOf(visit));
    if (offer === undefined) this.gone(request, reply);
    else await this.ask(reply, visit, offer, { status: 200, terms: await this.firstSteps.terms() });
  }

  async create(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit, form: PostedForm): Promise<void> {
    const offer = await this.accounts.open(ticketOf(visit));
    if (offer === undefined) {
      this.gone(request, reply);
      return;
    }
    const [fields, terms] = [newAccountFields(form), await this.firstSteps.terms()];
    const faults = await this.firstSteps.faults(fields, offer, terms);
    if (isFaulty(faults)) await this.ask(reply, visit, offer, { status: 422, terms, fields, faults });
    else await this.make(request, reply, visit, { offer, fields, terms });
  }

  private async make(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: PublicVisit,
    {
      offer,
      fields,
      terms,
    }: { readonly offer: AccountOffer; readonly fields: NewAccountFields; readonly terms?: Terms | undefined },
  ): Promise<void> {
    const wish = await this.firstSteps.wish(fields, visit.locale, terms);
    const made = await this.accounts.complete(ticketOf(visit), wish);
    if (made === undefined) this.gone(request, reply);
    else if (made.outcome === 'created') await this.firstSteps.enter(request, reply, visit, { ...made, offer });
    else await this.refuse(reply, visit, offer, { terms, fields, faults: refusedFields(made) });
  }

  private async refuse(
    reply: FastifyReply,
    visit: PublicVisit,
    offer: AccountOffer,
    showing: {
      readonly terms?: Terms | undefined;
      readonly fields: NewAccountFields;
      readonly faults?: NewAccountFaults | undefined;
    },
  ): Promise<void> {
    if (showing.faults !== undefined) await this.ask(reply, visit, offer, { status: 422, ...showing });
    // Whoever holds the link reads the mails of the address, and may know.
    else
      this.pages.show(reply, visit, 409, OutcomePage, {
        kind: 'account-exists',
        onwardPath: this.issuer.path('/sign-in'),
      });
  }

  private async ask(
    reply: FastifyReply,
    visit: PublicVisit,
    { address, invitation }: AccountOffer,
    showing: {
      readonly status: number;
      readonly terms?: Terms | undefined;
      readonly fields?: NewAccountFields;
      readonly faults?: NewAccountFaults | undefined;
    },
  ): Promise<void> {
    this.pages.show(reply, visit, showing.status, NewAccountPage, {
      ...this.pages.target(visit),
      email: address,
      username: invitation?.username ?? address,
      name: showing.fields?.name ?? invitation?.name,
      minimumPasswordLength: await this.firstSteps.minimumPasswordLength(),
      termsUri: showing.terms?.uri,
      faults: showing.faults,
    });
  }

  private gone(request: FastifyRequest, reply: FastifyReply): void {
    this.errorPages.send(request, reply, { kind: 'action-link' });
  }
}

function ticketOf({ query: { token, invitation } }: PublicVisit): SignUpTicket {
  return invitation === undefined ? { kind: 'sign-up', token: token ?? '' } : { kind: 'invitation', token: invitation };
}
