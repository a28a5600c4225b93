import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SectorDocuments } from './sector-documents.service.js';

/** Lets everybody pass who was let in, once the document of their client's sector is here. */
@Injectable()
export class SectorDocumentsGuard implements CanActivate {
  constructor(private readonly documents: SectorDocuments) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.documents.prepare(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
