import { type DestinationStream, pino } from 'pino';

const LONGEST_WAIT_MILLISECONDS = 100;
const MOST_CHARACTERS = 8 * 1024;
const { warn = 40 } = pino.levels.values;

/** A destination that is told the level of each line before the line. */
interface LevelledDestination extends DestinationStream {
  [pino.symbols.needsMetadataGsym]: true;
  lastLevel: number;
}

/**
 * Writes lines together, as each write is a call of the system that costs as much as making the line. A warning, and all that
 * is worse, goes out at once with what came before it; the rest after a tenth of a second at most, and when the process exits.
 */
export function togetherTo(destination: DestinationStream): DestinationStream {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = '';
    if (lines !== '') destination.write(lines);
  };
  process.on('exit', flush);
  const together: LevelledDestination = {
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line) {
      waiting += line;
      if (this.lastLevel >= warn || waiting.length > MOST_CHARACTERS) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT_MILLISECONDS).unref();
    },
  };
  return together;
}
