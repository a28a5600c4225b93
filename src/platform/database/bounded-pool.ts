import type { Socket } from 'node:net';
import type { Pool, PoolConnection } from 'mysql2';
import { ConnectionPlaces, type PlaceBounds } from './connection-places.js';

/** Whether a server that says nothing is given up: not while the schema changes, which takes as long as it takes. */
export interface Patience {
  endless: boolean;
}

/** What is waited for at most. */
export interface PoolBounds extends PlaceBounds {
  /** How long the server may say nothing to a connection that somebody uses. */
  readonly silenceMs: number;
}

/**
 * Gives every wait for a database server an end: for a connection as `ConnectionPlaces` says, for an answer by ending
 * the connection, which fails what was asked over it. The server takes back what such a connection had begun.
 */
export function bounded(pool: Pool, bounds: PoolBounds, patience: Patience): Pool {
  const places = new ConnectionPlaces(bounds);
  const used = new Set<PoolConnection>();
  const open = pool.getConnection.bind(pool);
  const leave = (connection: PoolConnection): void => {
    if (used.delete(connection)) places.leave();
  };
  pool.getConnection = (callback) => {
    places.enter((refusal) => {
      if (refusal !== undefined) {
        refuse(callback, refusal);
        return;
      }
      open((error, connection) => {
        // Of a connection that failed there is none, whatever its type says.
        if (error === null) used.add(connection);
        else places.leave();
        callback(error, connection);
      });
    });
  };
  pool.on('release', leave);
  pool.on('connection', (connection: PoolConnection) => {
    whenItEnds(connection, () => {
      leave(connection);
    });
    const { stream } = connection as PoolConnection & { readonly stream: Socket };
    // Not as the callback of `setTimeout`, which is forgotten once the connection was silent in the pool.
    stream.setTimeout(bounds.silenceMs);
    stream.on('timeout', () => {
      if (used.has(connection) && !patience.endless) stream.destroy(silence(bounds.silenceMs));
    });
  });
  return pool;
}

type Callback = Parameters<Pool['getConnection']>[0];

function refuse(callback: Callback, refusal: Error): void {
  (callback as (error: Error) => void)(refusal);
}

function whenItEnds(connection: PoolConnection, act: () => void): void {
  const destroy = connection.destroy.bind(connection);
  connection.destroy = () => {
    destroy();
    // Only now does the pool no longer count it, and makes whoever waits one of their own.
    act();
  };
  connection.on('end', act);
  connection.on('error', act);
}

function silence(milliseconds: number): Error {
  return Object.assign(new Error(`the database said nothing for ${milliseconds} ms`), { code: 'ETIMEDOUT' });
}
