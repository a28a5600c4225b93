import { Get, HttpCode, Post, Query } from '@nestjs/common';
import { KeyRing } from '#keys/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkedMessage } from './checked-message.js';
import { KeyAnswer, keyAnswer, KeyRotation, KeysAnswer } from './dto/key.dto.js';
import type { Plain } from './member.decorators.js';
import { answerPage, pageOf, type PageAnswer } from './paging.js';
import { OptionalJsonBody } from './request-body.decorator.js';

/** The keys that this service signs with, and those that others encrypt to. */
@AdminController('keys')
export class KeysController {
  constructor(private readonly keys: KeyRing) {}

  @Get()
  @Operation('keys:read', { summary: 'List the keys', status: 200, items: KeyAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<KeyAnswer>>> {
    return answerPage(
      query,
      [],
      async (request) => pageOf(await this.keys.list(), ({ kid }) => kid, request),
      keyAnswer,
    );
  }

  @Post('rotate')
  @HttpCode(200)
  @Operation('keys:write', {
    summary: 'Rotate the keys',
    sensitive: true,
    status: 200,
    body: KeyRotation,
    bodyOptional: true,
    answer: KeysAnswer,
  })
  async rotate(@OptionalJsonBody() body: unknown): Promise<Plain<KeysAnswer>> {
    const { alg: algorithm, now, revoke } = checkedMessage(KeyRotation, body);
    const keys = await this.keys.rotate({ algorithm, now, revoke });
    return { items: keys.map(keyAnswer) };
  }
}
