import { describe, expect, it } from 'vitest';
import { Dates } from './dates.js';

const now = new Date('2026-11-22T23:30:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const english = new Dates('en-GB', undefined, now);
const chinese = new Dates('zh-CN', 'Asia/Shanghai', now);

describe('Dates', () => {
  it('writes days in the language and time zone of the reader', () => {
    expect(english.day(now)).toBe('22 November 2026');
    expect(chinese.day(now)).toBe('2026年11月23日');
  });

  it('writes exact moments with their time zone', () => {
    expect(english.moment(now)).toMatch(/22 November 2026.*23:30.*UTC/);
    expect(chinese.moment(now)).toMatch(/2026年11月23日.*07:30/);
  });

  it.each([
    [5, 'now', '现在'],
    [59 * 60, '59 minutes ago', '59分钟前'],
    [2 * 3600 + 60, '2 hours ago', '2小时前'],
    [24 * 3600, '21 November 2026', '2026年11月22日'],
  ])('is relative only below a day: %d seconds', (seconds, inEnglish, inChinese) => {
    expect(english.ago(before(seconds))).toBe(inEnglish);
    expect(chinese.ago(before(seconds))).toBe(inChinese);
  });

  it.each([
    [0, '1 second'],
    [90, '90 seconds'],
    [121, '3 minutes'],
    [900, '15 minutes'],
    [7200, '2 hours'],
  ])('rounds a wait of %d seconds up', (seconds, words) => {
    expect(english.length(seconds)).toBe(words);
  });

  it('falls back to UTC for a time zone that nobody knows', () => {
    expect(new Dates('en-GB', 'Mars/Olympus', now).day(now)).toBe('22 November 2026');
  });
});
