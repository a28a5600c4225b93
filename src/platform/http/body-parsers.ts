import { HttpException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { LIMITS } from './limits.js';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * JSON is parsed; every other body stays the text it is, with one character per byte,
 * so that each endpoint judges media type, repetition and encoding by its own standard.
 */
export function registerBodyParsers(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  const json = { parseAs: 'buffer', bodyLimit: LIMITS.jsonBytes } as const;
  for (const type of ['application/json', 'application/merge-patch+json']) {
    instance.addContentTypeParser(type, json, (_request, body: Buffer, done: Done) => {
      parseJson(body, done);
    });
  }
  const file = { parseAs: 'buffer', bodyLimit: LIMITS.fileBytes } as const;
  for (const type of ['text/csv', 'application/x-ndjson']) {
    instance.addContentTypeParser(type, file, (_request, body: Buffer, done: Done) => {
      done(null, body.toString('latin1'));
    });
  }
  const upload = { parseAs: 'buffer', bodyLimit: LIMITS.uploadBytes } as const;
  instance.addContentTypeParser('multipart/form-data', upload, (_request, body: Buffer, done: Done) => {
    done(null, body.toString('latin1'));
  });
  const text = { parseAs: 'buffer', bodyLimit: LIMITS.formBytes } as const;
  instance.addContentTypeParser('*', text, (_request, body: Buffer, done: Done) => {
    done(null, body.toString('latin1'));
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Buffer, done: Done): void {
  if (body.length === 0) {
    done(null, undefined);
    return;
  }
  try {
    done(null, JSON.parse(utf8.decode(body), refuseProto));
  } catch {
    done(new HttpException('The body is not JSON in UTF-8.', 400));
  }
}

// A member of this name would become a prototype as soon as somebody copies the object.
function refuseProto(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new SyntaxError('__proto__ is not a member name');
  return value;
}
