import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { ConsentReceiptsService } from '#consent/index.js';
import type { SignatureDoubt } from '#keys/index.js';
import { elsewhereWords } from '../elsewhere-words.js';
import { ExitCode } from '../exit-code.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse receipt verify`: whether the receipt of a decision on a consent page is as it was signed. */
export function receiptVerify(parent: Command, runner: Runner): void {
  leaf(
    parent,
    'verify <receipt>',
    'check a receipt, by its id or from a file that was downloaded, against what this service signed',
  ).action(
    runner.action((receipt: string) =>
      runner.inService((services) => verifyReceipt(services(ConsentReceiptsService), receipt)),
    ),
  );
}

type Contents = Readonly<Record<string, unknown>>;

/** Checks a receipt by its id, or from a file. */
export async function verifyReceipt(receipts: ConsentReceiptsService, receipt: string): Promise<Answer> {
  const { jws, contents } = existsSync(receipt) ? await fromFile(receipts, receipt) : await byId(receipts, receipt);
  return contents === undefined ? refused(await receipts.doubt(jws)) : verdict(contents);
}

/** A receipt, and what it says when nobody has changed it. */
interface Checked {
  readonly jws: string;
  readonly contents: Contents | undefined;
}

async function byId(receipts: ConsentReceiptsService, id: string): Promise<Checked> {
  const kept = await receipts.find(id);
  if (kept === undefined) throw new CommandFailure(`There is neither a file nor a receipt with the id ${id}.`);
  return { jws: kept.jws, contents: (await receipts.verifyKept(kept))?.contents };
}

/** A file has the signed text alone, or beside it what it says: then that must not have been changed either. */
async function fromFile(receipts: ConsentReceiptsService, file: string): Promise<Checked> {
  const text = readFileSync(file, 'utf8').trim();
  const { receipt, contents } = text.startsWith('{') ? parsed(text, file) : { receipt: text };
  const jws = String(receipt);
  const verified = (await receipts.verify(jws))?.contents;
  const agrees = contents === undefined || isDeepStrictEqual(contents, verified);
  return { jws, contents: agrees ? verified : undefined };
}

function parsed(text: string, file: string): Contents {
  try {
    return JSON.parse(text) as Contents;
  } catch {
    throw new CommandFailure(`${file} is not a receipt: it is not JSON.`);
  }
}

function refused(doubt: SignatureDoubt): Answer {
  const line =
    doubt.because === 'changed'
      ? 'changed: the receipt is not as this service signed it.'
      : `not verified: the receipt ${elsewhereWords(doubt)}`;
  return { json: { valid: false, doubt }, lines: [line], exitCode: ExitCode.Failed };
}

function verdict(contents: Contents): Answer {
  const { sub, client_id: client, decision, iat } = contents;
  const at = new Date(Number(iat) * 1000).toISOString();
  const lines = [`valid: user ${String(sub)}, client ${String(client)}, ${String(decision)}, ${at}.`];
  return { json: { valid: true, contents }, lines };
}
