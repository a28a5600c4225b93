declare module 'express-session' {
  import type { RequestHandler } from 'express';

  /** Keeps a session for each browser; only what the test needs is described. */
  function session(options: { secret: string; resave: boolean; saveUninitialized: boolean }): RequestHandler;
  export default session;
}
