/** What a reader of one format makes of a file: the picture alone, and how large it is. */
export interface CleanPicture {
  readonly content: Buffer;
  readonly width: number;
  readonly height: number;
}
