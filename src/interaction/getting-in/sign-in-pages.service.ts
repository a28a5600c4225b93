import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SignInPage, type SignInModel } from '#views/index.js';
import { Pages } from '../pages.service.js';
import type { Turn, Visitor } from '../turn.js';
import { WaysOnward } from './ways-onward.service.js';

/** Answers with the sign-in page, with the ways on for those who cannot sign in. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly pages: Pages,
    private readonly offers: WaysOnward,
  ) {}

  /** For the authorization request that waits. */
  show(reply: FastifyReply, turn: Turn, status: number, model: SignInModel): void {
    this.pages.show(reply, turn, status, SignInPage, { ...this.offers.paths(turn.interaction.id), ...model });
  }

  /** With no client behind it. */
  showOwn(reply: FastifyReply, visitor: Visitor, status: number, model: SignInModel): void {
    this.pages.showOwn(reply, visitor, status, SignInPage, { ...this.offers.paths(), ...model });
  }
}
