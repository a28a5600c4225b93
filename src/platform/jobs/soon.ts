/** Does something a little later, unless the process ends before; `clearTimeout` takes it back. */
export function soon(milliseconds: number, work: () => void): NodeJS.Timeout {
  return setTimeout(work, milliseconds).unref();
}
