import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ChangeRequests } from '../../changes/change-requests.service.js';
import { SectorDocuments } from '../sector-documents.service.js';

/** Lets everybody pass who was let in, once the document of the sector is here that the change in the address needs. */
@Injectable()
export class ApprovedDocumentsGuard implements CanActivate {
  constructor(
    private readonly changes: ChangeRequests,
    private readonly documents: SectorDocuments,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { id } = request.params as { readonly id: string };
    const change = await this.changes.find(id);
    if (change?.state === 'pending' && change.kind !== 'settings.change') {
      await this.documents.prepareFor(request, change);
    }
    return true;
  }
}
