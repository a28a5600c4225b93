const ROW_WIDTH = 44;

/** What a run has proved, with its numbers, to be read when it is over. */
export class Proofs {
  private readonly rows: string[] = [];

  /** Notes what holds, and how often it was seen. */
  add(what: string, numbers: Readonly<Record<string, number | string>>): void {
    const shown = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
    this.rows.push(`${what.padEnd(ROW_WIDTH)} ${shown.join(', ')}`);
  }

  /** Shows the table. */
  print(): void {
    process.stdout.write(`\nWhat held on the cluster\n${this.rows.map((row) => `  ${row}\n`).join('')}\n`);
  }
}

/** How often each value comes. */
export function counted(values: readonly (number | string)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
