import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { CompanyAssets } from './company-assets.js';
import { ErrorPages } from './error-pages.js';
import { MailViews } from './mail-views.service.js';
import { Places } from './places.js';
import { PublicForms } from './public-forms.js';
import { ViewsService } from './views.service.js';

/** Every HTML page and what it is dressed in; offered to all modules. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [CompanyAssets, ErrorPages, MailViews, Places, PublicForms, ViewsService],
  exports: [ErrorPages, MailViews, Places, PublicForms, ViewsService],
})
export class ViewsModule {}
