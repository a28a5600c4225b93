import { Reflector } from '@nestjs/core';

/** Names the scope that a route of our own API needs (RFC 6750 §3). */
export const RequireScope = Reflector.createDecorator<string>();
