import { Global, Module } from '@nestjs/common';
import { BrowserCookies } from './cookies.js';
import { CsrfTokens } from './csrf.js';
import { FormGuard } from './form-guard.js';
import { GuardedHttp, HostNames, OutboundHttp, OutboundLimits, SystemHostNames } from './outbound-http.js';
import { ProblemDetailsFilter } from './problem-details.filter.js';

/** What pages and JSON APIs need of HTTP, and the one way out, for every module. */
@Global()
@Module({
  providers: [
    BrowserCookies,
    CsrfTokens,
    FormGuard,
    ProblemDetailsFilter,
    OutboundLimits,
    { provide: HostNames, useClass: SystemHostNames },
    { provide: OutboundHttp, useClass: GuardedHttp },
  ],
  exports: [BrowserCookies, CsrfTokens, FormGuard, ProblemDetailsFilter, OutboundHttp],
})
export class HttpModule {}
