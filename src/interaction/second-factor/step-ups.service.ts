import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { isSignedIn, type SignedInTurn, type Turn, type Visitor } from '../turn.js';
import { Visitors } from '../visitors.service.js';

/** Opens the page of the second factor also to somebody who is signed in and of whom the waiting request asks more. */
@Injectable()
export class StepUps {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly signIns: SignIns,
    private readonly visitors: Visitors,
  ) {}

  open(request: FastifyRequest, reply: FastifyReply): Promise<SignInVisit | undefined> {
    return this.pending.open(request, reply, async (visitor) => {
      if (!isAskedForMore(visitor)) return false;
      await this.signIns.stepUp(request, reply, visitor, this.visitors.isFresh(visitor));
      return true;
    });
  }
}

/** Only where the request asks for nothing but this: a first proof that is due is not replaced by a second one. */
function isAskedForMore(visitor: Visitor & Partial<Turn>): visitor is SignedInTurn {
  const { interaction, client, browser } = visitor;
  if (interaction?.prompt.name !== 'second_factor' || client === undefined || browser === undefined) return false;
  return isSignedIn({ ...visitor, interaction, client, browser });
}
