import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { ProblemDetailsFilter } from '#platform/http/index.js';
import { AccessTokenGuard, ApiTokenErrorFilter, RequireScope } from '#protocol/index.js';
import { API_PATH } from './api-path.js';
import { OperationOf, type OperationFacts } from './operation.js';
import { RoleGuard } from './roles/role.guard.js';
import { AdminRequests } from './requests/admin-requests.interceptor.js';

/** A controller of the admin API: for bearers of our own access tokens, with problem details (RFC 9457). */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`${API_PATH}/${path}`),
    UseGuards(AccessTokenGuard, RoleGuard),
    UseInterceptors(AdminRequests),
    UseFilters(ProblemDetailsFilter, ApiTokenErrorFilter),
  );
}

/** An operation of the admin API: the scope it needs and what the OpenAPI document says of it. */
export function Operation(scope: string, facts: OperationFacts): MethodDecorator {
  return applyDecorators(RequireScope(scope), OperationOf(facts));
}
