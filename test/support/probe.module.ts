import {
  Body,
  Controller,
  type DynamicModule,
  Get,
  HttpCode,
  Module,
  Post,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConfigModule, type Settings } from '#platform/config/index.js';
import { CryptoModule, Overloaded } from '#platform/crypto/index.js';
import { DatabaseModule, LeaseEntity } from '#platform/database/index.js';
import {
  BrowserCookies,
  clientAddress,
  Cors,
  CorsOrigins,
  CsrfTokens,
  formTarget,
  HttpModule,
  isCrossSite,
  parseForm,
  pointerTo,
  ProblemDetails,
  ProblemDetailsFilter,
  rawQuery,
  redirect,
  requestId,
  sendPage,
} from '#platform/http/index.js';
import { ObservabilityModule } from '#platform/observability/index.js';
import { ViewsModule } from '#views/index.js';

/** Routes that show what every route of the service gets for nothing. */
@Controller()
class ProbeController {
  constructor(
    private readonly cookies: BrowserCookies,
    private readonly csrf: CsrfTokens,
  ) {}

  @Get('facts')
  facts(@Req() request: FastifyRequest): object {
    const form = parseForm(rawQuery(request));
    return { id: requestId(request), address: clientAddress(request), crossSite: isCrossSite(request), form };
  }

  @Post('echo')
  @HttpCode(200)
  echo(@Body() body: unknown): object {
    return { type: typeof body, body };
  }

  @Get('page')
  page(@Res() reply: FastifyReply): void {
    const formTargets = [formTarget('https://app.example/callback')];
    sendPage(reply, { status: 200, html: '<!DOCTYPE html><title>page</title>', formTargets });
  }

  @Get('cookies')
  cookie(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): object {
    const session = this.cookies.session.read(request);
    this.cookies.session.write(reply, 'a-session');
    return { session, browser: this.cookies.browserId(request, reply) };
  }

  @Get('csrf')
  token(@Req() request: FastifyRequest): object {
    const token = this.csrf.issue(['browser', 'interaction']);
    const presented = new URLSearchParams(rawQuery(request)).get('token') ?? undefined;
    return {
      token,
      valid: this.csrf.valid(presented, ['browser', 'interaction']),
      other: this.csrf.valid(token, ['other']),
    };
  }

  @Post('away')
  away(@Res() reply: FastifyReply): void {
    redirect(reply, 'https://app.example/callback?code=1');
  }

  @Get('fails')
  fails(): never {
    throw new Error('the-inner-reason');
  }

  @Get('busy')
  busy(): never {
    throw new Overloaded('the probe', 7);
  }

  @Get('oauth2/token-like/:id')
  protocolGet(): object {
    return {};
  }

  @Post('oauth2/token')
  @Cors('clients')
  token2(): object {
    return {};
  }

  @Get('oauth2/fails')
  protocolFails(): never {
    throw new Error('the-inner-reason');
  }

  @Get('oauth2/jwks')
  @Cors('public')
  jwks(): object {
    return { keys: [] };
  }

  @Get('.well-known/oauth-authorization-server')
  @Cors('public')
  metadata(): object {
    return { issuer: true };
  }
}

@Controller('api/v1/things')
@UseFilters(ProblemDetailsFilter)
class ProbeApiController {
  @Get(':id')
  refuses(): never {
    const errors = [{ pointer: pointerTo('redirect_uris', 0), detail: 'is not https' }];
    throw new ProblemDetails({ status: 422, detail: 'Some members are not acceptable.', errors });
  }

  @Post()
  create(@Body() body: unknown): unknown {
    return body;
  }

  @Get()
  fails(): never {
    throw new Error('the-inner-reason');
  }
}

class KnownOrigin extends CorsOrigins {
  allows(origin: string): Promise<boolean> {
    return Promise.resolve(origin === 'https://spa.example');
  }
}

/** The platform with those routes and nothing of the product. */
@Module({
  controllers: [ProbeController, ProbeApiController],
  providers: [{ provide: CorsOrigins, useClass: KnownOrigin }],
})
export class ProbeModule {
  static forRoot(settings: Settings): DynamicModule {
    const database = DatabaseModule.forRoot({ entities: [LeaseEntity], migrations: [] });
    const config = ConfigModule.forRoot(settings);
    return {
      module: ProbeModule,
      imports: [config, CryptoModule, database, HttpModule, ObservabilityModule, ViewsModule],
    };
  }
}
