import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect, type PostedForm } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UserPictures, type PictureProblem } from '#users/index.js';
import { accountCard, ProfilePage, type ProfileModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { Profile } from './profile.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/profile';
const PICTURE_PATH = '/account/profile/picture';
const NOTICES: readonly NonNullable<ProfileModel['notice']>[] = ['saved', 'picture-set', 'picture-removed'];

interface Shown {
  readonly form?: PostedForm;
  readonly faults?: readonly string[];
  readonly pictureProblem?: PictureProblem | undefined;
}

/** The page where users say who they are, and show what they look like. */
@Controller('account/profile')
export class ProfileController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly profile: Profile,
    private readonly pictures: UserPictures,
    private readonly settings: CompanySettingsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit !== undefined) await this.page(request, reply, visit, {});
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined) return;
    const faults = await this.profile.change(visit, form);
    if (faults === undefined) void redirect(reply, `${this.issuer.path(PATH)}?done=saved`);
    else await this.page(request, reply, visit, { form, faults });
  }

  /** A file, or none with `action=remove`. */
  @Post('picture')
  async changePicture(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const posted = visit && (await this.pages.acceptFiles(request, reply, PICTURE_PATH, visit));
    if (visit === undefined || posted === undefined) return;
    const { editableClaims } = await this.settings.current();
    if (!editableClaims.includes('picture')) void redirect(reply, this.issuer.path(PATH));
    else if (posted.form.get('action') === 'remove') {
      await this.pictures.remove(visit.user.id);
      void redirect(reply, `${this.issuer.path(PATH)}?done=picture-removed`);
    } else {
      const pictureProblem = await this.pictures.set(visit.user.id, posted.files.get('picture'));
      if (pictureProblem === undefined) void redirect(reply, `${this.issuer.path(PATH)}?done=picture-set`);
      else await this.page(request, reply, visit, { pictureProblem });
    }
  }

  private async page(request: FastifyRequest, reply: FastifyReply, visit: Visit, shown: Shown): Promise<void> {
    const { form, faults = [], pictureProblem } = shown;
    const refused = faults.length > 0 || pictureProblem !== undefined;
    const { user } = visit;
    const model = {
      ...this.pages.target(PATH, visit),
      account: accountCard(user),
      picture: this.pages.target(PICTURE_PATH, visit),
      hasPicture: user.claims.picture !== undefined,
      emailVerified: user.claims.email_verified === true,
      ...(await this.profile.facts(visit, form, faults)),
      notice: NOTICES.find((one) => rawQuery(request) === `done=${one}`),
      refused: faults.length > 0,
      pictureProblem,
    };
    this.pages.show(reply, visit, ProfilePage, model, refused ? 422 : 200);
  }
}
