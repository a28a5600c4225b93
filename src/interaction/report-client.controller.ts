import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientReports, isVetted, MOST_REPORT_WORDS, REPORT_REASONS } from '#clients/index.js';
import { FormGuard } from '#platform/http/index.js';
import { ReportClientPage, type ReportClientModel } from '#views/index.js';
import { clientCard } from './cards.js';
import { Pages } from './pages.service.js';
import { REPORT_PATH, reportWords } from './report-form.js';
import { isSignedIn, type SignedInTurn } from './turn.js';
import { Turns } from './turns.service.js';

/** The page where a user tells the company about an application that asks them for something. */
@Controller('consent/report')
export class ReportClientController {
  constructor(
    private readonly turns: Turns,
    private readonly forms: FormGuard,
    private readonly pages: Pages,
    private readonly reports: ClientReports,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.asked(request, reply);
    if (turn !== undefined) this.show(reply, turn, 200, { step: 'ask' });
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.asked(request, reply);
    if (turn === undefined) return;
    const form = this.forms.accept(request, bindings(turn));
    if (form === undefined) {
      this.turns.refuseForm(request, reply, turn, REPORT_PATH);
      return;
    }
    const told = reportWords(form);
    if (told === undefined) {
      this.show(reply, turn, 422, { step: 'ask', error: { kind: 'missing' }, words: form.get('words') });
      return;
    }
    await this.reports.tell({ clientId: turn.client.clientId, userId: turn.user.id, ...told });
    this.show(reply, turn, 200, { step: 'done' });
  }

  /** The visit of somebody whom such an application asks now; for everybody else the request says what comes next. */
  private async asked(request: FastifyRequest, reply: FastifyReply): Promise<SignedInTurn | undefined> {
    const turn = await this.turns.open(request, reply);
    if (turn === undefined) return undefined;
    if (isSignedIn(turn) && turn.interaction.prompt.name === 'consent' && !isVetted(turn.client)) return turn;
    this.turns.resume(reply, turn);
    return undefined;
  }

  private show(
    reply: FastifyReply,
    turn: SignedInTurn,
    status: number,
    said: Pick<ReportClientModel, 'step' | 'error' | 'words'>,
  ): void {
    this.pages.show(reply, turn, status, ReportClientPage, {
      action: this.turns.address(REPORT_PATH, turn),
      csrf: this.forms.issue(bindings(turn)),
      client: clientCard(turn.client, turn.interaction.facts.redirectUri),
      reasons: REPORT_REASONS,
      mostWords: MOST_REPORT_WORDS,
      backUrl: this.turns.address('/consent', turn),
      ...said,
    });
  }
}

function bindings({ browser, interaction, session }: SignedInTurn): string[] {
  return [REPORT_PATH, browser, interaction.id, session.id];
}
