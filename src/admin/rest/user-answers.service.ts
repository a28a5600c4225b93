import { Injectable } from '@nestjs/common';
import type { Page } from '#platform/database/index.js';
import { UserAttributes, type AttributeValues, type User } from '#users/index.js';
import { userAnswer, type UserAnswer } from './dto/user.dto.js';
import type { Plain } from './member.decorators.js';

/** Users as they are answered: with the attributes that administrators see. */
@Injectable()
export class UserAnswers {
  constructor(private readonly attributes: UserAttributes) {}

  async one(user: User): Promise<Plain<UserAnswer>> {
    return userAnswer(user, await this.attributesOf(user.id));
  }

  async page({ items, nextCursor }: Page<User>): Promise<Page<Plain<UserAnswer>>> {
    const attributes = await this.attributes.seenBy(
      'administrators',
      items.map(({ id }) => id),
    );
    return { items: items.map((user) => userAnswer(user, attributes.get(user.id))), nextCursor };
  }

  async attributesOf(userId: string): Promise<AttributeValues> {
    return (await this.attributes.seenBy('administrators', [userId])).get(userId) ?? {};
  }
}
