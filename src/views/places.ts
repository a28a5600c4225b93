import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { CityResponse, Reader } from 'maxmind';
import { openPlaceDatabase, PlaceSettings } from '#platform/config/index.js';
import { CATALOGUES, type Locale } from './messages/index.js';

/** What a database of places has of a city or a country. */
interface Recorded {
  readonly names?: Readonly<Partial<Record<Locale, string>>>;
  readonly iso_code?: string;
}

/** Says where in the world a network address is, as far as `GEOIP_FILE` knows; the file is read once, at the start. */
@Injectable()
export class Places {
  private readonly reader: Reader<CityResponse> | undefined;

  constructor({ file }: PlaceSettings) {
    this.reader = file === undefined ? undefined : openPlaceDatabase<CityResponse>(file);
  }

  /** The place in the reader's language, as in `Paris, France`; undefined when it is not known. */
  nameOf(address: string | undefined, locale: Locale): string | undefined {
    const found = address === undefined ? undefined : this.find(address);
    if (found === undefined) return undefined;
    const city = nameIn(found.city, locale);
    const country = nameIn(found.country, locale) ?? regionName(found.country, locale);
    if (city === undefined || country === undefined) return city ?? country;
    return CATALOGUES[locale].sessions.place(city, country);
  }

  private find(address: string): CityResponse | undefined {
    const version = isIP(address);
    // In a tree of IPv4 alone the first bits of an IPv6 address would lead to somebody else's place.
    if (version === 0 || (version === 6 && this.reader?.metadata.ipVersion === 4)) return undefined;
    return this.reader?.get(address) ?? undefined;
  }
}

function nameIn(recorded: Recorded | undefined, locale: Locale): string | undefined {
  return recorded?.names?.[locale] ?? recorded?.names?.en;
}

function regionName({ iso_code: code = '' }: Recorded = {}, locale: Locale): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(locale, { type: 'region' }).of(code) : undefined;
}
