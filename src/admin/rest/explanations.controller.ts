import { Get, Param } from '@nestjs/common';
import { Explanations } from '#explanations/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ExplanationAnswer, explanationAnswer } from './dto/explanation.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';

/** Why requests of clients were refused, by the support code that they were told. */
@AdminController('explanations')
export class ExplanationsController {
  constructor(private readonly explanations: Explanations) {}

  @Get(':support_code')
  @Operation('audit-events:read', {
    summary: 'Read why a request of a client was refused',
    status: 200,
    answer: ExplanationAnswer,
  })
  async read(@Param('support_code') supportCode: string): Promise<Plain<ExplanationAnswer>> {
    return explanationAnswer(found(await this.explanations.find(supportCode)));
  }
}
