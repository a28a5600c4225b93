import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, type PostedForm } from '#platform/http/index.js';
import { FirstProofs, type FirstProof } from './first-proofs.service.js';
import { signInDecision } from './sign-in-form.js';
import { SignInOffers } from './sign-in-offers.service.js';
import type { SignInFault, SignInPlace } from './sign-in-place.js';
import { SignInPlaces } from './sign-in-places.service.js';
import { SignIns } from './sign-ins.service.js';
import { upstreamFault } from './upstream/upstream-fault.js';

/** The sign-in page, in an interaction or on the way to one of our own pages. */
@Controller('sign-in')
export class SignInController {
  constructor(
    private readonly places: SignInPlaces,
    private readonly proofs: FirstProofs,
    private readonly offers: SignInOffers,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const place = await this.places.find(request, reply);
    if (place === undefined) return;
    if (place.isDone) place.leave(reply);
    else await this.show(request, reply, place, 200, upstreamFault(request));
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const place = await this.places.find(request, reply);
    if (place === undefined) return;
    const form = place.accept(request);
    if (form === undefined) {
      place.refuse(request, reply);
      return;
    }
    const decision = signInDecision(form);
    if (decision.action === 'cancel') await place.cancel(reply);
    else if (decision.action === 'incomplete')
      await this.show(request, reply, place, 422, { username: decision.username, error: { kind: decision.missing } });
    else await this.signIn(request, reply, place, { form, proof: decision });
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    place: SignInPlace,
    status: number,
    fault?: Partial<SignInFault>,
  ): Promise<void> {
    const offer = await this.offers.at(place, { address: clientAddress(request), username: fault?.username });
    place.show(reply, status, { ...offer, ...fault });
  }

  private async signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    place: SignInPlace,
    { form, proof }: { readonly form: PostedForm; readonly proof: FirstProof },
  ): Promise<void> {
    const { browser } = place;
    const result = await this.proofs.judge(form, proof, { browser, address: clientAddress(request) });
    if (result.outcome === 'authenticated') {
      const { session: replaces, interaction, returnTo, afresh } = place;
      await this.signIns.complete(request, reply, { result, replaces, interaction, returnTo, afresh });
      return;
    }
    const username = proof.action === 'sign-in' ? proof.username : '';
    if (result.outcome === 'throttled') {
      const { retryAfterSeconds } = result;
      reply.header('retry-after', retryAfterSeconds);
      await this.show(request, reply, place, 429, { username, error: { kind: 'throttled', retryAfterSeconds } });
    } else {
      const refused = proof.action === 'sign-in' ? 'refused' : 'passkey';
      const kind = result.outcome === 'captcha' ? 'captcha' : refused;
      await this.show(request, reply, place, 422, { username, error: { kind } });
    }
  }
}
