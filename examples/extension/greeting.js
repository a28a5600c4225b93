// An extension: it greets people when they have an account and says when they signed in.
import { Injectable, Logger, Module } from '@nestjs/common';
import { AfterCommit, OnEvent } from 'gatehouse/extension';

class Greeting {
  logger = new Logger('greeting');

  /** In the transaction: an error here would take the registration back. */
  mayRegister({ userId }) {
    if (userId.startsWith('forbidden-')) throw new Error('nobody of this kind may register');
  }

  /** After the commit: it may use the network, and is called again when it fails. */
  async registered({ userId }) {
    this.logger.log(`welcome, ${userId}`);
  }

  async signedIn({ userId, clientId = 'the account page' }) {
    this.logger.log(`${userId} signed in for ${clientId}`);
  }
}

/** What `@decorator` before a method does, for those who write JavaScript. */
function mark(method, decorator) {
  decorator(Greeting.prototype, method, Object.getOwnPropertyDescriptor(Greeting.prototype, method));
}

mark('mayRegister', OnEvent('user.registered'));
mark('registered', AfterCommit('user.registered'));
mark('signedIn', AfterCommit('user.signed_in'));
Injectable()(Greeting);

export class extension {}
Module({ providers: [Greeting] })(extension);
