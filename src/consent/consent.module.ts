import { Module } from '@nestjs/common';
import { KeysModule } from '#keys/index.js';
import { ConsentService } from './consent.service.js';
import { ConsentsRepository } from './consents.repository.js';
import { ConsentReceiptsRepository } from './receipts/consent-receipts.repository.js';
import { ConsentReceiptsService } from './receipts/consent-receipts.service.js';
import { PurgeReceiptsJob } from './receipts/purge-receipts.job.js';
import { ReceiptSignatures } from './receipts/receipt-signatures.service.js';
import { ClaimDisclosuresRepository } from './disclosures/claim-disclosures.repository.js';
import { ClaimDisclosures } from './disclosures/claim-disclosures.service.js';
import { PurgeDisclosuresJob } from './disclosures/purge-disclosures.job.js';
import { ConsentNotices } from './unused/consent-notices.service.js';
import { ConsentUsesRepository } from './uses/consent-uses.repository.js';
import { ConsentUses } from './uses/consent-uses.service.js';
import { ReceiptEndings } from './receipts/receipt-endings.js';

/** What users approved for clients, when it was used, what was said of them to whom, and what each decision was made on. */
@Module({
  imports: [KeysModule],
  providers: [
    ConsentsRepository,
    ConsentService,
    ConsentUsesRepository,
    ConsentUses,
    ConsentNotices,
    ClaimDisclosuresRepository,
    ClaimDisclosures,
    PurgeDisclosuresJob,
    ConsentReceiptsRepository,
    ReceiptSignatures,
    ConsentReceiptsService,
    ReceiptEndings,
    PurgeReceiptsJob,
  ],
  exports: [ConsentService, ConsentUses, ConsentNotices, ClaimDisclosures, ConsentReceiptsService],
})
export class ConsentModule {}
