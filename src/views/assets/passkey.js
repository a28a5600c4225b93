// Asks the browser for a passkey and sends what it says with the form as it was served (WebAuthn §5.1, §5.4, §5.5).
// Plain enough for every browser that runs scripts at all; without passkeys it does nothing.
(function () {
  'use strict';
  // The challenge of the page lives for five minutes.
  var RENEW_AFTER = 4 * 60 * 1000;

  var box = document.querySelector('[data-passkey]');
  if (!box) return;
  var unsupported = document.querySelector('[data-passkey-unsupported]');
  if (!window.PublicKeyCredential || !navigator.credentials || !window.AbortController) {
    if (unsupported) unsupported.hidden = false;
    return;
  }

  var creates = box.getAttribute('data-passkey') === 'create';
  var button = box.querySelector('button');
  var field = box.querySelector('input[name=passkey]');
  var form = field.form;
  var options = JSON.parse(box.getAttribute('data-options'));
  var loadedAt = Date.now();
  var asking = null;

  function toBytes(text) {
    var raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    var bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return bytes.buffer;
  }

  function toText(buffer) {
    var bytes = new Uint8Array(buffer);
    var raw = '';
    for (var i = 0; i < bytes.length; i++) raw += String.fromCharCode(bytes[i]);
    return btoa(raw).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  function withBytes(json) {
    var copy = Object.assign({}, json, { challenge: toBytes(json.challenge) });
    ['excludeCredentials', 'allowCredentials'].forEach(function (list) {
      if (!json[list]) return;
      copy[list] = json[list].map(function (one) {
        return Object.assign({}, one, { id: toBytes(one.id) });
      });
    });
    if (json.user) copy.user = Object.assign({}, json.user, { id: toBytes(json.user.id) });
    return copy;
  }

  function wish() {
    var parse = creates ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
    return PublicKeyCredential[parse] ? PublicKeyCredential[parse](options) : withBytes(options);
  }

  // Some programs that keep passkeys answer in the place of the browser, and not all of them know toJSON.
  function asJson(credential) {
    try {
      return credential.toJSON();
    } catch (_) {
      var given = credential.response;
      var response = { clientDataJSON: toText(given.clientDataJSON) };
      ['attestationObject', 'authenticatorData', 'signature', 'userHandle'].forEach(function (name) {
        if (given[name]) response[name] = toText(given[name]);
      });
      if (given.getTransports) response.transports = given.getTransports();
      return {
        id: credential.id,
        rawId: credential.id,
        type: credential.type,
        clientExtensionResults: credential.getClientExtensionResults(),
        response: response,
      };
    }
  }

  function say(what) {
    box.querySelectorAll('[data-problem]').forEach(function (problem) {
      problem.hidden = problem.getAttribute('data-problem') !== what;
    });
  }

  function send(credential) {
    field.value = JSON.stringify(asJson(credential));
    if (form.requestSubmit) {
      form.requestSubmit(button);
      return;
    }
    var pressed = document.createElement('input');
    pressed.type = 'hidden';
    pressed.name = button.name;
    pressed.value = button.value;
    form.appendChild(pressed);
    form.submit();
  }

  function ask(quietly) {
    if (asking) asking.abort();
    asking = new AbortController();
    var asked = { publicKey: wish(), signal: asking.signal };
    if (quietly) asked.mediation = 'conditional';
    return creates ? navigator.credentials.create(asked) : navigator.credentials.get(asked);
  }

  // The page itself has a new challenge whenever it is asked for; what was typed stays where it is.
  function renew() {
    if (Date.now() - loadedAt < RENEW_AFTER) return Promise.resolve();
    return fetch(window.location.href, { credentials: 'same-origin', headers: { accept: 'text/html' } })
      .then(function (answer) {
        return answer.text();
      })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-passkey]');
        if (!fresh) return;
        options = JSON.parse(fresh.getAttribute('data-options'));
        loadedAt = Date.now();
      })
      .catch(function () {});
  }

  function offerInField() {
    if (!box.hasAttribute('data-autofill') || !PublicKeyCredential.isConditionalMediationAvailable) return;
    PublicKeyCredential.isConditionalMediationAvailable().then(function (available) {
      if (!available) return;
      ask(true).then(send, function () {});
      setTimeout(function () {
        renew().then(offerInField);
      }, RENEW_AFTER);
    });
  }

  function press(event) {
    event.preventDefault();
    say('');
    renew()
      .then(function () {
        return ask(false);
      })
      .then(send, function (error) {
        if (error && error.name === 'AbortError') return;
        say(error && error.name === 'InvalidStateError' ? 'known' : 'failed');
        offerInField();
      });
  }

  // What was removed here need not be offered any more by whatever keeps it (WebAuthn §5.1.10.3).
  function tellWhatIsKept() {
    var kept = box.getAttribute('data-kept');
    if (!kept || !PublicKeyCredential.signalAllAcceptedCredentials) return;
    PublicKeyCredential.signalAllAcceptedCredentials(JSON.parse(kept)).catch(function () {});
  }

  box.hidden = false;
  button.addEventListener('click', press);
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) renew().then(offerInField);
  });
  offerInField();
  tellWhatIsKept();
})();
