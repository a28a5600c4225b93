import { HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Simulations } from '#protocol/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { checkedMessage, invalid } from './checked-message.js';
import { SimulationAnswer } from './dto/simulation.dto.js';
import { SimulationRequest } from './dto/simulation-request.dto.js';
import type { Plain } from './member.decorators.js';
import { JsonBody } from './request-body.decorator.js';
import { simulationAnswer } from './simulation-answer.js';
import { SimulationWishes } from './simulation-wishes.service.js';

/** Tells what a request of a client would come to, by the rules that decide the real one. */
@AdminController('simulate')
export class SimulationsController {
  constructor(
    private readonly simulations: Simulations,
    private readonly wishes: SimulationWishes,
    private readonly rights: CallerRights,
  ) {}

  @Post()
  @HttpCode(200)
  @Operation('consents:read', {
    summary: 'See what a request of a client would come to, and by which rules',
    status: 200,
    body: SimulationRequest,
    answer: SimulationAnswer,
    reads: true,
  })
  async simulate(@JsonBody() body: unknown, @Req() request: FastifyRequest): Promise<Plain<SimulationAnswer>> {
    const wish = await this.wishes.of(checkedMessage(SimulationRequest, body));
    const simulated = await this.simulations.simulate(wish);
    if (simulated.outcome === 'not-offered') {
      const pointer = simulated.kind === 'scope' ? '#/ticked_scope' : '#/ticked_claims';
      throw invalid([{ pointer, detail: `${simulated.name} is not something the consent page asks` }]);
    }
    const values = await this.rights.bears(request, 'users:read');
    const { client, user, now } = wish;
    return simulationAnswer(simulated.simulation, { clientId: client.clientId, userId: user?.id, time: now, values });
  }
}
