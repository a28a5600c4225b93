import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { UsersService, type AcceptedTerms, type UserInput, type UserRefusal } from '#users/index.js';
import type { Invitation } from '../invitations/invitation.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import type { ActionLink } from '../links/action-link.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';
import { PasswordsService, type PreparedPassword } from '../password/passwords.service.js';
import { SignUpRules } from './sign-up-rules.service.js';

/** The link that somebody makes an account with. */
export interface SignUpTicket {
  readonly kind: 'sign-up' | 'invitation';
  readonly token: string;
}

/** The account that a link would make. */
export interface AccountOffer {
  readonly address: string;
  readonly invitation?: Invitation | undefined;
  /** The authorization request that waits for it. */
  readonly interaction?: string | undefined;
}

/** What somebody decides who makes an account. */
export interface AccountWish {
  readonly name: string;
  readonly password: PreparedPassword;
  readonly locale: string;
  readonly acceptedTerms?: AcceptedTerms | undefined;
}

/** What became of the wish to make an account; nothing when the link cannot be used any more. */
export type AccountOutcome = { readonly outcome: 'created'; readonly userId: string } | UserRefusal;

class Refused extends Error {
  constructor(readonly refusal: UserRefusal) {
    super('the account cannot be made');
  }
}

/** Makes accounts for people who hold a link, with the address that the link was sent to. */
@Injectable()
export class NewAccounts {
  constructor(
    private readonly links: ActionLinks,
    private readonly invitations: InvitationsService,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly rules: SignUpRules,
    private readonly transactions: Transactions,
  ) {}

  /** What the link would make; changes nothing. */
  async open({ kind, token }: SignUpTicket): Promise<AccountOffer | undefined> {
    if (!this.rules.offered) return undefined;
    return kind === 'sign-up'
      ? this.signUpOffer(await this.links.find(kind, token))
      : this.invitationOffer(await this.links.find(kind, token));
  }

  /** Makes the account, once; what is refused leaves the link as it was. */
  async complete(ticket: SignUpTicket, wish: AccountWish): Promise<AccountOutcome | undefined> {
    try {
      return await unlessGone(() => this.transactions.run(() => this.make(ticket, wish)));
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
  }

  private async make({ kind, token }: SignUpTicket, wish: AccountWish): Promise<AccountOutcome> {
    const offer =
      kind === 'sign-up'
        ? this.signUpOffer(await this.links.consume(kind, token))
        : await this.invitationOffer(await this.links.consume(kind, token));
    if (offer === undefined || !this.rules.offered) throw new LinkGone();
    const creation = await this.users.create(await this.accountOf(offer, wish));
    if (creation.outcome !== 'created') throw new Refused(creation);
    const { id: userId } = creation.user;
    if (offer.invitation !== undefined && !(await this.invitations.accept(offer.invitation.id, userId))) {
      throw new LinkGone();
    }
    await this.passwords.set(userId, wish.password);
    return { outcome: 'created', userId };
  }

  private async accountOf({ address, invitation }: AccountOffer, wish: AccountWish): Promise<UserInput> {
    const { name, locale, acceptedTerms } = wish;
    return {
      username: invitation?.username ?? address,
      // Whoever holds the link reads the mails of the address.
      claims: { email: address, email_verified: true, name, locale: invitation?.locale ?? locale },
      groups: await this.invitations.groupsThatExist(invitation?.groups ?? []),
      acceptedTerms,
    };
  }

  private signUpOffer(link: ActionLink<'sign-up'> | undefined): AccountOffer | undefined {
    // The operator may have closed the door since the mail was sent.
    if (link === undefined || !this.rules.allows(link.address)) return undefined;
    return { address: link.address, interaction: link.data.interaction };
  }

  private async invitationOffer(link: ActionLink<'invitation'> | undefined): Promise<AccountOffer | undefined> {
    const invitation = link && (await this.invitations.find(link.data.invitationId));
    return invitation?.status === 'pending' ? { address: invitation.email, invitation } : undefined;
  }
}
