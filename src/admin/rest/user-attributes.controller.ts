import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { AttributesService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  attributeDeclaration,
  FIXED_ATTRIBUTE_MEMBERS,
  NewUserAttribute,
  translationProblems,
  UserAttributeAnswer,
  userAttributeAnswer,
} from './dto/user-attribute.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The attributes that users can have beside the standard claims. */
@AdminController('user-attributes')
export class UserAttributesController {
  constructor(
    private readonly attributes: AttributesService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('users:read', { summary: 'List the attributes of users', status: 200, items: UserAttributeAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<UserAttributeAnswer>>> {
    return answerPage(query, [], (request) => this.attributes.list(request), userAttributeAnswer);
  }

  @Post()
  @Operation('users:write', {
    summary: 'Declare an attribute of users',
    status: 201,
    body: NewUserAttribute,
    answer: UserAttributeAnswer,
    conflicts: true,
  })
  async add(
    @JsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<UserAttributeAnswer>> {
    const { message, problems } = checkMessage(NewUserAttribute, body);
    const declaration = attributeDeclaration(message);
    refuseFaults([...problems, ...translationProblems(message)], this.attributes.problems(declaration));
    const result = await this.attributes.create(declaration);
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/name' });
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'user-attributes', result.attribute.name);
    return userAttributeAnswer(result.attribute);
  }

  @Get(':name')
  @Operation('users:read', { summary: 'Read about an attribute of users', status: 200, answer: UserAttributeAnswer })
  async read(@Param('name') name: string): Promise<Plain<UserAttributeAnswer>> {
    return userAttributeAnswer(found(await this.attributes.find(name)));
  }

  @Patch(':name')
  @Operation('users:write', {
    summary: 'Change an attribute of users',
    status: 200,
    body: NewUserAttribute,
    patch: true,
    answer: UserAttributeAnswer,
    conflicts: true,
  })
  async change(@Param('name') name: string, @PatchBody() patch: unknown): Promise<Plain<UserAttributeAnswer>> {
    const result = await unlessStale(async () => {
      const attribute = found(await this.attributes.find(name));
      const answer = userAttributeAnswer(attribute);
      const { message, problems } = patched(NewUserAttribute, answer, patch, FIXED_ATTRIBUTE_MEMBERS);
      const declaration = attributeDeclaration(message);
      refuseFaults([...problems, ...translationProblems(message)], this.attributes.problems(declaration));
      return this.attributes.update(name, declaration, attribute.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return userAttributeAnswer(result.attribute);
  }

  @Delete(':name')
  @HttpCode(204)
  @Operation('users:write', { summary: 'Delete an attribute of users with every value of it', status: 204 })
  async delete(@Param('name') name: string): Promise<void> {
    if (!(await this.attributes.delete(name))) throw notFound();
  }
}
