import { Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DirectoriesService } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import { directoryPasswordProblems } from './directory-password.js';
import {
  DirectoryAnswer,
  directoryAnswer,
  directoryChoices,
  FIXED_DIRECTORY_MEMBERS,
  NewDirectory,
} from './dto/directory.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { isJsonObject } from './merge-patch.js';
import { found, notFound, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { ProviderRights } from './provider-rights.service.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The LDAP directories from which people come. */
@AdminController('directories')
export class DirectoriesController {
  constructor(
    private readonly directories: DirectoriesService,
    private readonly rights: ProviderRights,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('identity-providers:read', { summary: 'List directories', status: 200, items: DirectoryAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<DirectoryAnswer>>> {
    return answerPage(query, [], (request) => this.directories.list(request), directoryAnswer);
  }

  @Post()
  @Operation('identity-providers:write', {
    summary: 'Add a directory',
    sensitive: true,
    status: 201,
    body: NewDirectory,
    answer: DirectoryAnswer,
    conflicts: true,
  })
  async add(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<DirectoryAnswer>> {
    const { message, problems } = checkMessage(NewDirectory, body);
    const choices = directoryChoices(message);
    refuseFaults(problems, await this.directories.problems(choices));
    await this.rights.requireForDirectory(request, { groups: Object.values(choices.groups) });
    const result = await this.directories.add(choices, message.bind_password);
    if (result.outcome !== 'written') throw refusal(result);
    setLocation(reply, this.issuer, 'directories', result.directory.id);
    return directoryAnswer(result.directory);
  }

  @Get(':id')
  @Operation('identity-providers:read', { summary: 'Read a directory', status: 200, answer: DirectoryAnswer })
  async read(@Param('id') id: string): Promise<Plain<DirectoryAnswer>> {
    return directoryAnswer(found(await this.directories.find(id)));
  }

  @Patch(':id')
  @Operation('identity-providers:write', {
    summary: 'Change a directory',
    sensitive: true,
    status: 200,
    body: NewDirectory,
    patch: true,
    answer: DirectoryAnswer,
    conflicts: true,
  })
  async change(
    @Param('id') id: string,
    @PatchBody() patch: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<DirectoryAnswer>> {
    const result = await unlessStale(async () => {
      const read = found(await this.directories.find(id));
      const { message, problems } = patched(NewDirectory, directoryAnswer(read), patch, FIXED_DIRECTORY_MEMBERS);
      const choices = directoryChoices(message);
      const password = passwordIn(patch, message.bind_password);
      refuseFaults(problems, [
        ...(await this.directories.problems(choices)),
        ...directoryPasswordProblems(read, choices, password),
      ]);
      await this.rights.requireForDirectory(request, { directory: read, groups: Object.values(choices.groups) });
      return this.directories.change(read, choices, password);
    });
    if (result.outcome !== 'written') throw refusal(result);
    return directoryAnswer(result.directory);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('identity-providers:write', { summary: 'Delete a directory', sensitive: true, status: 204 })
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.rights.requireForDirectory(request, { directory: found(await this.directories.find(id)) });
    if (!(await this.directories.delete(id))) throw notFound();
  }
}

/** The password that a patch gives; null when it takes it away, undefined when it stays. */
function passwordIn(patch: unknown, given: string | undefined): string | null | undefined {
  return isJsonObject(patch) && patch['bind_password'] === null ? null : given;
}
