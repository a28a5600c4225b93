import { executionAsyncResource } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { Database, type UnitOfWork } from './database.js';
import { DataSource, EntityManager } from 'typeorm';

const unit = (): UnitOfWork => ({ manager: Object.create(EntityManager.prototype) as EntityManager, afterCommit: [] });
const database = (): Database => new Database(Object.create(DataSource.prototype) as DataSource);

/** How much Node keeps for each promise made here. */
function kept(): Promise<number> {
  return Promise.resolve().then(() => Object.getOwnPropertySymbols(executionAsyncResource()).length);
}

describe('the transaction in progress', () => {
  it('is found by what is called inside it, and by nothing outside', async () => {
    const [orders, here] = [database(), unit()];
    await orders.within(here, async () => {
      await Promise.resolve();
      expect(orders.unitOfWork).toBe(here);
      await orders.outside(async () => {
        await Promise.resolve();
        expect(orders.unitOfWork).toBeUndefined();
      });
      expect(orders.unitOfWork).toBe(here);
    });
    expect(orders.unitOfWork).toBeUndefined();
  });

  it('is that of its own database only', async () => {
    const [orders, stock] = [database(), database()];
    await orders.within(unit(), () => {
      expect(stock.unitOfWork).toBeUndefined();
      return Promise.resolve();
    });
  });

  it('costs each promise no more for the databases that were there before', async () => {
    const [orders, stock] = [database(), database()];
    const alone = await orders.within(unit(), kept);
    expect(await orders.within(unit(), () => stock.within(unit(), kept))).toBe(alone);
  });
});
