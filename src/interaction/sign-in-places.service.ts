import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InteractionSignIns } from './interaction-sign-ins.service.js';
import { OwnSignIns } from './own-sign-ins.service.js';
import type { SignInPlace } from './sign-in-place.js';
import { Turns } from './turns.service.js';

/** Finds out where a sign-in happens: in the interaction that the request names, or on the way to one of our own pages. */
@Injectable()
export class SignInPlaces {
  constructor(
    private readonly turns: Turns,
    private readonly inInteractions: InteractionSignIns,
    private readonly own: OwnSignIns,
  ) {}

  /** The place; undefined when there is none for this browser and that has been said. */
  find(request: FastifyRequest, reply: FastifyReply): Promise<SignInPlace | undefined> {
    const places = this.turns.named(request) === undefined ? this.own : this.inInteractions;
    return places.find(request, reply);
  }
}
