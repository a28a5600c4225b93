import { createRequire } from 'node:module';
import type { VNode } from 'preact';
import type QrCodes from 'qrcode';

const require = createRequire(import.meta.url);

/** Modules of white around the code, without which cameras do not find it. */
const MARGIN = 4;

/** A text as a QR code, dark on white whatever the page's colours are. */
export function QrCode(props: { readonly text: string; readonly label: string }): VNode {
  // At the first code, as few processes draw one; a component cannot await an import.
  const qrcode = require('qrcode') as typeof QrCodes;
  const { modules } = qrcode.create(props.text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const whole = size + 2 * MARGIN;
  const squares = Array.from(modules.data, (dark, at) =>
    dark ? `M${String((at % size) + MARGIN)} ${String(Math.floor(at / size) + MARGIN)}h1v1h-1z` : '',
  ).join('');
  return (
    <svg role="img" aria-label={props.label} width={220} height={220} viewBox={`0 0 ${String(whole)} ${String(whole)}`}>
      <path fill="#fff" d={`M0 0h${String(whole)}v${String(whole)}H0z`} />
      <path fill="#000" d={squares} shape-rendering="crispEdges" />
    </svg>
  );
}
