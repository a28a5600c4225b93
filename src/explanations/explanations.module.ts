import { Module } from '@nestjs/common';
import { ExplanationsRepository } from './explanations.repository.js';
import { Explanations } from './explanations.service.js';

/** Why requests were refused, kept for a week. */
@Module({ providers: [Explanations, ExplanationsRepository], exports: [Explanations] })
export class ExplanationsModule {}
