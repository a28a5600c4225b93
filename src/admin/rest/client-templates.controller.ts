import { Get, Param, Query } from '@nestjs/common';
import type { PageRequest } from '#platform/database/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ClientTemplates } from './client-templates.service.js';
import { ClientTemplateAnswer, clientTemplateAnswer } from './dto/client-template.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, pageOf, type PageAnswer } from './paging.js';

/** The kinds of application that a client can be registered for by one word. */
@AdminController('client-templates')
export class ClientTemplatesController {
  constructor(private readonly templates: ClientTemplates) {}

  @Get()
  @Operation('clients:read', { summary: 'List the templates of clients', status: 200, items: ClientTemplateAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ClientTemplateAnswer>>> {
    const { all } = this.templates;
    const page = (request: PageRequest) => Promise.resolve(pageOf(all, ({ name }) => name, request));
    return answerPage(query, [], page, clientTemplateAnswer);
  }

  @Get(':name')
  @Operation('clients:read', { summary: 'Read a template of clients', status: 200, answer: ClientTemplateAnswer })
  read(@Param('name') name: string): Plain<ClientTemplateAnswer> {
    return clientTemplateAnswer(found(this.templates.find(name)));
  }
}
