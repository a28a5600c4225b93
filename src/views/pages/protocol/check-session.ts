/** Plain data of the page that clients frame to ask whether their user is still signed in. */
export interface CheckSessionModel {
  /** The cookie that holds the state of the browser. */
  readonly cookieName: string;
  /** The nonce that the policy of the page allows its one script by. */
  readonly nonce: string;
}

// FIPS 180-4 §6.2, for texts of ASCII: what browsers offer answers later, and some that run this do not offer it.
const SHA256 = `
function sha256(text) {
  function root(n, power) { return Math.floor((Math.pow(n, power) % 1) * 4294967296) | 0; }
  function turn(x, by) { return (x >>> by) | (x << (32 - by)); }
  var k = [], h = [], primes = 0, n, i, j, composite;
  for (n = 2; primes < 64; n++) {
    composite = false;
    for (i = 2; i * i <= n; i++) if (n % i === 0) composite = true;
    if (composite) continue;
    if (primes < 8) h[primes] = root(n, 1 / 2);
    k[primes++] = root(n, 1 / 3);
  }
  var words = [], bits = text.length * 8;
  for (i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  words[bits >> 5] |= 128 << (24 - bits % 32);
  var length = (((bits + 64) >> 9) << 4) + 16;
  words[length - 1] = bits;
  for (j = 0; j < length; j += 16) {
    var w = [], s = h.slice(0);
    for (i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = words[j + i] | 0;
      } else {
        var a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] +
          (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      var t1 = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) +
        ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i]) | 0;
      var t2 = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) +
        ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
      s = [(t1 + t2) | 0, s[0], s[1], s[2], (s[3] + t1) | 0, s[4], s[5], s[6]];
    }
    for (i = 0; i < 8; i++) h[i] = (h[i] + s[i]) | 0;
  }
  var hex = '';
  for (i = 0; i < 8; i++) hex += ('0000000' + (h[i] >>> 0).toString(16)).slice(-8);
  return hex;
}`;

// OIDC Session Management §3.2. Texts that are no question get an error; what is not even text is not for this page.
const ANSWER = `
var QUESTION = /^([\\x20-\\x7e]{1,255}) ([0-9a-f]{64})\\.([A-Za-z0-9_-]{1,64})$/;
function opState(cookies) {
  var pairs = cookies.split(';');
  for (var i = 0; i < pairs.length; i++) {
    var pair = pairs[i].replace(/^ +/, '');
    if (pair.indexOf(COOKIE + '=') === 0) return pair.slice(COOKIE.length + 1);
  }
  return '';
}
function answer(message, origin, cookies) {
  var question = QUESTION.exec(message);
  if (!question) return 'error';
  var expected = sha256(question[1] + ' ' + origin + ' ' + opState(cookies) + ' ' + question[3]);
  return expected === question[2] ? 'unchanged' : 'changed';
}`;

// OIDC Session Management §3.2: only the page that frames this one may ask, and frames of its origin. Where a browser does
// not say whose page that is, the origin in the digest has to do.
const FRAMER = `
function framer(ancestors, referrer) {
  if (ancestors && ancestors.length) return ancestors[0];
  var origin = /^https?:\\/\\/[^\\/]+/.exec(referrer);
  return origin ? origin[0] : '';
}`;

const LISTEN = `
var asker = framer(window.location.ancestorOrigins, document.referrer);
window.addEventListener('message', function (event) {
  if (typeof event.data !== 'string' || !event.source || event.origin === 'null') return;
  if (asker && event.origin !== asker) return;
  event.source.postMessage(answer(event.data, event.origin, document.cookie), event.origin);
});`;

/** The functions of the page's script, plain enough for every browser that runs scripts at all. */
export function checkSessionFunctions(cookieName: string): string {
  return `var COOKIE = ${JSON.stringify(cookieName)};${SHA256}${ANSWER}${FRAMER}`;
}

/** The page that answers whether the sign-in is still the same (OIDC Session Management §3.2); nobody looks at it. */
export function checkSessionDocument({ cookieName, nonce }: CheckSessionModel): string {
  const script = `(function () {\n${checkSessionFunctions(cookieName)}${LISTEN}\n})();`;
  const head = '<meta charset="utf-8"><meta name="robots" content="noindex"><title>Session</title>';
  return `<!doctype html><html lang="en"><head>${head}</head><body><script nonce="${nonce}">${script}</script></body></html>`;
}
