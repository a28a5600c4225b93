import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UpstreamFailures } from '#authentication/index.js';
import { UpstreamProvidersService, UpstreamSignIns } from '#federation/index.js';
import { BrowserCookies, clientAddress, rawQuery } from '#platform/http/index.js';
import { SignInPlaces } from '../sign-in-places.service.js';
import type { SignInPlace } from '../sign-in-place.js';
import { upstreamFailure } from './upstream-failure.js';
import { UpstreamReturns } from './upstream-returns.service.js';

/** Reasons for which a sign-in that there is already will not do, so that the provider has to ask anew too. */
const AFRESH = ['prompt=login', 'max_age exceeded'];

/** Sends browsers to the provider that was chosen on the sign-in page, and takes them back. */
@Controller('federation')
export class UpstreamSignInController {
  constructor(
    private readonly places: SignInPlaces,
    private readonly providers: UpstreamProvidersService,
    private readonly signIns: UpstreamSignIns,
    private readonly returns: UpstreamReturns,
    private readonly failures: UpstreamFailures,
    private readonly cookies: BrowserCookies,
  ) {}

  @Get(':slug')
  async depart(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const place = await this.places.find(request, reply);
    if (place === undefined) return;
    if (place.isDone) {
      place.leave(reply);
      return;
    }
    const goal = goalOf(place);
    const provider = await this.providers.activeBySlug(slug);
    const { browser, interaction } = place;
    const departure =
      provider === undefined
        ? undefined
        : await this.signIns.depart({ provider, browser, goal, loginHint: interaction?.facts.loginHint });
    if (departure?.outcome === 'depart') this.returns.leave(reply, departure.url);
    else this.returns.toSignIn(reply, goal, 'unavailable');
  }

  @Get(':slug/callback')
  async receive(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const browser = this.cookies.browser.read(request);
    const provider = await this.providers.activeBySlug(slug);
    const outcome =
      browser === undefined || provider === undefined
        ? undefined
        : await this.signIns.receive({ provider, browser, query: rawQuery(request) });
    const failure = upstreamFailure(outcome);
    if (failure !== undefined) await this.failures.tell({ ...failure, address: clientAddress(request) });
    if (browser === undefined || outcome === undefined) this.returns.lost(request, reply);
    else await this.returns.answer(request, reply, { browser, outcome });
  }
}

function goalOf({ interaction, returnTo, afresh = false }: SignInPlace) {
  const again = interaction !== undefined && AFRESH.includes(interaction.prompt.reason);
  return { interactionId: interaction?.id, returnTo, afresh: afresh || again };
}
