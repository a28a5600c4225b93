import { Get } from '@nestjs/common';
import { Storage } from '#platform/jobs/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { StorageAnswer, tableStorageAnswer } from './dto/storage.dto.js';
import type { Plain } from './member.decorators.js';

/** What the tables take that grow by themselves, and whether their purge keeps up. */
@AdminController('storage')
export class StorageController {
  constructor(private readonly storage: Storage) {}

  @Get()
  @Operation('jobs:read', { summary: 'Show what purged tables take', status: 200, answer: StorageAnswer })
  async read(): Promise<Plain<StorageAnswer>> {
    const tables = await this.storage.tables();
    return { items: tables.map(tableStorageAnswer) };
  }
}
