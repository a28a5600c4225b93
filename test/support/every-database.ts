import { afterAll, beforeAll, describe } from 'vitest';
import { databaseKind } from './databases.js';
import { databasesUnderTest, startService, type ServiceChoices, type TestService } from './start-service.js';

/** The service of a story, which runs once the story's tests do. */
export interface Running {
  readonly service: TestService;
}

/** Tells a story on each database under test, with one service for all its tests. */
export function onEveryDatabase(story: string, tell: (running: Running) => void, choices: ServiceChoices = {}): void {
  for (const database of databasesUnderTest()) {
    describe(`${story} [${databaseKind(database)}]`, () => {
      let started: TestService | undefined;
      beforeAll(async () => {
        started = await startService({ ...choices, database });
      });
      afterAll(async () => {
        await started?.close();
      });
      tell({
        get service() {
          if (started === undefined) throw new Error('the service runs only while the tests do');
          return started;
        },
      });
    });
  }
}
