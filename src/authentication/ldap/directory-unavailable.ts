/** A directory cannot be asked now; the detail is for the operator. */
export class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
}
