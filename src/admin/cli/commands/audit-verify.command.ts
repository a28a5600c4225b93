import type { Command } from 'commander';
import { AuditVerifier, type AuditFinding } from '#audit/index.js';
import { ExitCode } from '../exit-code.js';
import { elsewhereWords } from '../elsewhere-words.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse audit verify`: reads the whole record, and names what is not as it was sealed. */
export function auditVerify(parent: Command, runner: Runner): void {
  leaf(
    parent,
    'verify',
    'read the whole audit log, and name what was edited, deleted or moved since it was sealed',
  ).action(runner.action(() => verify(runner)));
}

function verify(runner: Runner): Promise<Answer> {
  return runner.inService(async (services) => {
    const { findings, ...counts } = await services(AuditVerifier).verify();
    const { rows, segments, dropped, unsealed, intact } = counts;
    const read = `${rows} rows in ${segments - dropped} segments were read; ${dropped} segments have gone by their time.`;
    const tail = `${unsealed} rows are not sealed yet.`;
    const verdict = intact ? 'Everything is as it was sealed.' : 'The audit log is not as it was sealed:';
    return {
      json: { ...counts, findings },
      lines: [read, tail, verdict, ...findings.map((finding) => `  ${wordsFor(finding)}`)],
      exitCode: intact ? ExitCode.Ok : ExitCode.Failed,
    };
  });
}

const CHECKPOINTS: Readonly<Record<Extract<AuditFinding, { kind: 'checkpoint' }>['because'], string>> = {
  hash: 'does not fit its last row',
  order: 'does not follow the one before it',
  signature: 'was changed: its signature does not hold',
  dropped: 'lost its rows before their time',
};

function wordsFor(finding: AuditFinding): string {
  switch (finding.kind) {
    case 'edited':
      return `Row ${finding.sequence} (${finding.id}) was edited.`;
    case 'deleted':
      return finding.from === finding.to
        ? `Row ${finding.from} was deleted.`
        : `Rows ${finding.from} to ${finding.to} were deleted.`;
    case 'misplaced':
      return finding.belongs === undefined
        ? `Row ${finding.sequence} (${finding.id}) was not sealed for this place.`
        : `Row ${finding.sequence} (${finding.id}) was moved: it was sealed as row ${finding.belongs}.`;
    case 'elsewhere':
      return `The checkpoint of segment ${Number(finding.segment)} ${elsewhereWords(finding.doubt)}`;
    case 'checkpoint':
      return `The checkpoint of segment ${Number(finding.segment)} ${CHECKPOINTS[finding.because]}.`;
  }
}
