import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import type { Pool, PoolConnection } from 'mysql2';
import { describe, expect, it } from 'vitest';
import { bounded, type PoolBounds } from './bounded-pool.js';

const BOUNDS: PoolBounds = { places: 2, longestQueue: 2, stallMs: 1000, silenceMs: 60_000 };

class Connection extends EventEmitter {
  readonly stream = new Socket();

  destroy(): void {
    this.stream.destroy();
  }
}

/** A pool of one connection, which is made when it is first wanted, and again when it was destroyed. */
class PoolOfOne extends EventEmitter {
  #connection: Connection | undefined;

  getConnection(callback: (error: null, connection: Connection) => void): void {
    if (this.#connection === undefined || this.#connection.stream.destroyed) {
      this.#connection = new Connection();
      this.emit('connection', this.#connection);
    }
    callback(null, this.#connection);
  }
}

function aPool(patience = { endless: false }) {
  const pool = bounded(new PoolOfOne() as unknown as Pool, BOUNDS, patience);
  const use = (): Connection => {
    let given: PoolConnection | undefined;
    pool.getConnection((_error, connection) => (given = connection));
    return given as unknown as Connection;
  };
  const leave = (connection: Connection): void => void pool.emit('release', connection);
  return { pool, use, leave };
}

describe('a connection to a database server', () => {
  it('is ended by silence while somebody uses it, also after it was silent in the pool', async () => {
    const { use, leave } = aPool();
    const connection = use();
    leave(connection);
    connection.stream.emit('timeout');
    connection.stream.emit('timeout');
    expect(connection.stream.destroyed).toBe(false);
    expect(use()).toBe(connection);
    const failed = new Promise((resolve) => connection.stream.on('error', resolve));
    connection.stream.emit('timeout');
    expect(await failed).toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('is listened to once, however often it is used', () => {
    const { use, leave } = aPool();
    for (let turn = 0; turn < 20; turn += 1) leave(use());
    const { stream } = use();
    expect([stream.timeout, stream.listenerCount('timeout')]).toEqual([BOUNDS.silenceMs, 1]);
  });

  it('leaves its place to the next only when the pool no longer has it', () => {
    const { pool, use } = aPool();
    const first = use();
    use();
    let whenGiven: boolean | undefined;
    pool.getConnection(() => (whenGiven = first.stream.destroyed));
    expect(whenGiven).toBeUndefined();
    first.destroy();
    expect(whenGiven).toBe(true);
  });

  it('may be silent for as long as the schema takes to change', () => {
    const patience = { endless: true };
    const { stream } = aPool(patience).use();
    stream.emit('timeout');
    expect(stream.destroyed).toBe(false);
    patience.endless = false;
    stream.on('error', () => undefined).emit('timeout');
    expect(stream.destroyed).toBe(true);
  });
});
