import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookies, FormGuard, queryParameter, rawQuery } from '#platform/http/index.js';
import { ErrorPages } from '#views/index.js';
import { FirstSignIn } from './first-sign-in.service.js';
import { SetUpPages } from './set-up-pages.service.js';
import { setUpFields } from './set-up-form.js';
import { SetUp } from './set-up.service.js';

/** The page that the one-time link on the console leads to; opening it changes nothing, only the form does. */
@Controller('set-up')
export class SetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly pages: SetUpPages,
    private readonly firstSignIn: FirstSignIn,
    private readonly forms: FormGuard,
    private readonly cookies: BrowserCookies,
    private readonly errorPages: ErrorPages,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenOf(request);
    if (!(await this.setUp.isOpen(token))) this.gone(request, reply);
    else await this.pages.show(request, reply, { token, browser: this.cookies.browserId(request, reply), status: 200 });
  }

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenOf(request);
    const browser = this.cookies.browserId(request, reply);
    const form = this.forms.accept(request, this.pages.bindings(browser, token));
    if (form === undefined) {
      this.errorPages.send(request, reply, { kind: 'form' });
      return;
    }
    const fields = setUpFields(form);
    const result = await this.setUp.complete(token, fields);
    if (result.outcome === 'link-gone') this.gone(request, reply);
    else if (result.outcome === 'done') await this.firstSignIn.welcome(request, reply, result.userId);
    else await this.pages.show(request, reply, { token, browser, status: 422, fields, problems: result.problems });
  }

  private gone(request: FastifyRequest, reply: FastifyReply): void {
    this.errorPages.send(request, reply, { kind: 'set-up-link' });
  }
}

function tokenOf(request: FastifyRequest): string {
  return queryParameter(rawQuery(request), 'token') ?? '';
}
