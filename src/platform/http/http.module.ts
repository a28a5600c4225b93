import { Global, Module } from '@nestjs/common';
import { BrowserCookies } from './cookies.js';
import { CsrfTokens } from './csrf.js';
import { FormGuard } from './form-guard.js';
import { HostNames, SystemHostNames } from './host-names.js';
import { GuardedHttp, OutboundHttp, OutboundLimits } from './outbound-http.js';
import { VettedAddresses } from './vetted-addresses.js';
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
    VettedAddresses,
  ],
  exports: [BrowserCookies, CsrfTokens, FormGuard, ProblemDetailsFilter, OutboundHttp, VettedAddresses],
})
export class HttpModule {}
