import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PendingLinks, type PendingLink } from '#federation/index.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { StepTurns } from '../sign-in-steps/step-turns.service.js';
import { SignIns } from '../sign-ins.service.js';
import { LinkAccountPages } from './link-account-pages.service.js';
import { LinkAccountStep } from './link-account.step.js';

interface Linking {
  readonly visit: SignInVisit;
  readonly link: PendingLink;
}

/** The last page of a sign-in: whether the account of another service shall lead here from now on. */
@Controller('federation/link')
export class LinkAccountController {
  constructor(
    private readonly step: LinkAccountStep,
    private readonly turns: StepTurns,
    private readonly links: PendingLinks,
    private readonly pages: LinkAccountPages,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const linking = await this.open(request, reply);
    if (linking !== undefined) this.pages.show(reply, linking.visit, linking.link);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const linking = await this.open(request, reply);
    if (linking === undefined) return;
    const { visit, link } = linking;
    const form = this.pages.accept(request, reply, visit);
    if (form === undefined) return;
    if (form.get('action') === 'link') {
      const outcome = await this.links.accept(link, visit.browser, visit.user.id);
      if (outcome === 'taken') {
        await this.links.decline(link, visit.browser);
        this.pages.show(reply, visit, link, 'taken');
        return;
      }
    } else {
      await this.links.decline(link, visit.browser);
    }
    await this.onward(request, reply, visit);
  }

  /** What is to be linked, once nothing else is to be proven; undefined when the reader was sent on. */
  private async open(request: FastifyRequest, reply: FastifyReply): Promise<Linking | undefined> {
    const visit = await this.turns.open(request, reply, this.step);
    const link = visit && (await this.links.find(visit.browser));
    if (visit === undefined || link !== undefined) return visit && link && { visit, link };
    await this.onward(request, reply, visit);
    return undefined;
  }

  private onward(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<void> {
    return this.signIns.proceed(request, reply, visit, { step: this.step.name });
  }
}
