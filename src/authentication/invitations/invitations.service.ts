import { Injectable } from '@nestjs/common';
import { Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { canonicalName, isEmailAddress, UsersService, type UserProblem } from '#users/index.js';
import { InvitationMails } from './invitation-mails.service.js';
import { InvitationTimes } from './invitation-times.service.js';
import type { Invitation, InvitationInput } from './invitation.js';
import { InvitationsRepository } from './invitations.repository.js';

/** What became of the wish to invite somebody. */
export type InvitationCreation =
  | { readonly outcome: 'created'; readonly invitation: Invitation }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  /** The address, or the user name, is somebody's already, or was invited and has not answered yet. */
  | { readonly outcome: 'taken'; readonly pointer: string };

/** What became of the wish to send an invitation anew. */
export type InvitationRenewal =
  { readonly outcome: 'sent'; readonly invitation: Invitation } | { readonly outcome: 'unknown' | 'accepted' };

/** Invitations to make an account, by mail, with an end. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersService,
    private readonly sending: InvitationMails,
    private readonly settings: CompanySettingsService,
    private readonly transactions: Transactions,
    private readonly times: InvitationTimes,
  ) {}

  /** Whether anybody can be invited here: the operator allows it and mails leave. */
  get offered(): boolean {
    return this.sending.offered;
  }

  async list(request: PageRequest): Promise<Page<Invitation>> {
    const page = await this.invitations.list(request);
    return { ...page, items: page.items.map((row) => this.times.read(row)) };
  }

  async find(id: string): Promise<Invitation | undefined> {
    const row = await this.invitations.find(id);
    return row === null ? undefined : this.times.read(row);
  }

  /** Says what would be refused, whether names are free aside. */
  async problems(input: InvitationInput): Promise<UserProblem[]> {
    const { email, name, username, locale, groups = [] } = input;
    if (!isEmailAddress(email)) return [{ pointer: '#/email', detail: 'must be an e-mail address' }];
    const claims = { email, ...(name === undefined ? {} : { name }), ...(locale === undefined ? {} : { locale }) };
    const found = await this.users.problems({ username: username ?? email, claims, groups });
    return [...found, ...this.times.problems(input.validUntil)];
  }

  /** Invites somebody and sends the mail. */
  async create(input: InvitationInput): Promise<InvitationCreation> {
    const problems = await this.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const { invitationDays } = await this.settings.current();
    return this.transactions.run(async () => {
      const taken = await this.takenPointer(input);
      if (taken !== undefined) return { outcome: 'taken', pointer: taken };
      const row = this.times.newRow(input, invitationDays);
      await this.invitations.add(row);
      const invitation = this.times.read(row);
      await this.sending.invite(invitation);
      return { outcome: 'created', invitation };
    });
  }

  /** Sends it anew, valid as long as a new one. */
  async resend(id: string): Promise<InvitationRenewal> {
    const { invitationDays } = await this.settings.current();
    return this.transactions.run(async () => {
      const row = await this.invitations.find(id);
      if (row === null) return { outcome: 'unknown' };
      const times = this.times.validFor(invitationDays);
      if (!(await this.invitations.extend(id, times))) return { outcome: 'accepted' };
      const invitation = this.times.read({ ...row, ...times });
      await this.sending.send(invitation);
      return { outcome: 'sent', invitation };
    });
  }

  /** Takes it back: its links end with it; false when there is none. */
  remove(id: string): Promise<boolean> {
    return this.invitations.remove(id);
  }

  /** The invitation that an address could accept now. */
  async findOpen(email: string): Promise<Invitation | undefined> {
    const row = await this.invitations.findOpen(canonicalName(email), this.times.now());
    return row === null ? undefined : this.times.read(row);
  }

  /** Sends it once more as it is. */
  async remind(invitation: Invitation): Promise<void> {
    await this.transactions.run(() => this.sending.send(invitation));
  }

  /** Accepts it inside the caller's transaction: true for exactly one caller. */
  accept(id: string, userId: string): Promise<boolean> {
    return this.invitations.accept(id, userId, this.times.now());
  }

  /** Those of the groups that are still there when somebody accepts. */
  async groupsThatExist(names: readonly string[]): Promise<string[]> {
    const problems = await Promise.all(
      names.map((name) => this.users.problems({ username: 'anybody', groups: [name] })),
    );
    return names.filter((_, index) => problems[index]?.length === 0);
  }

  private async takenPointer({ email, username }: InvitationInput): Promise<string | undefined> {
    if ((await this.users.findByLogin(email)) !== undefined) return '#/email';
    if (username !== undefined && (await this.users.findByLogin(username)) !== undefined) return '#/username';
    return (await this.findOpen(email)) === undefined ? undefined : '#/email';
  }
}
