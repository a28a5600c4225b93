export { addressBlock } from './address-block.js';
export { createAdapter, type HttpServer } from './adapter.js';
export type { Cookie } from './browser-cookie.js';
export { BrowserCookies } from './cookies.js';
export { Cors, CorsOrigins, type CorsPolicy } from './cors.js';
export { CsrfTokens } from './csrf.js';
export { failureFacts } from './failure.js';
export { FormGuard } from './form-guard.js';
export { type ParsedForm, parseForm } from './form-body.js';
export { HttpModule } from './http.module.js';
export { KnownRoutes } from './known-routes.js';
export { type FailurePage, LastResort } from './last-resort.js';
export { formTarget, type HtmlAnswer, redirect, sendPage } from './pages.js';
export { type FieldProblem, pointerTo, ProblemDetails, type ProblemFacts } from './problem-details.js';
export { ProblemDetailsFilter, sendProblem } from './problem-details.filter.js';
export type { PostedFiles } from './posted-files.js';
export { isForm, PostedForm, queryParameter } from './posted-form.js';
export {
  type OutboundAnswer,
  type OutboundExchange,
  OutboundHttp,
  type OutboundMessage,
  type OutboundQuestion,
  type OutboundReceipt,
} from './outbound-http.js';
export { hostOf } from './outbound-destination.js';
export { type OutgoingFacts, OUTGOING } from './outgoing-channel.js';
export { actingAs, type Actor, type CurrentRequest, currentRequest, currentRequestId } from './request-context.js';
export { clientAddress, isCrossSite, isLocalPeer, rawPath, rawQuery, requestId } from './request-facts.js';
export { pinnedTo, VettedAddresses } from './vetted-addresses.js';
export { wireName } from './wire-name.js';
