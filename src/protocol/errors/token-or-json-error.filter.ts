import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Explanations } from '#explanations/index.js';
import { Metrics } from '#platform/observability/index.js';
import { BearerErrorFilter } from './bearer-error.filter.js';
import { EndpointErrorFilter } from './endpoint-error.filter.js';
import { InvalidToken, OAuthError } from './oauth-error.js';

/** RFC 7591 §3, §3.2.2: a bad bearer token is challenged (RFC 6750 §3); every other error is plain OAuth JSON. */
@Injectable()
@Catch(OAuthError)
export class TokenOrJsonErrorFilter implements ExceptionFilter<OAuthError> {
  private readonly ofToken: BearerErrorFilter;
  private readonly ofRequest: EndpointErrorFilter;

  constructor(metrics: Metrics, explanations: Explanations) {
    this.ofToken = new BearerErrorFilter(metrics);
    this.ofRequest = new EndpointErrorFilter(metrics, explanations);
  }

  catch(error: OAuthError, host: ArgumentsHost): void {
    (error instanceof InvalidToken ? this.ofToken : this.ofRequest).catch(error, host);
  }
}
