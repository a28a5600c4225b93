// Asks the service in this container whether it lives; exits with 0 when it does. Its settings say where it listens.
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

const { PORT = '3000', ISSUER, TLS_CERT_FILE } = process.env;
const prefix = ISSUER === undefined ? '' : new URL(ISSUER).pathname.replace(/\/$/, '');
const options = {
  host: '127.0.0.1',
  port: PORT,
  path: `${prefix}/health/live`,
  timeout: 4000,
  // The certificate is for the name of the issuer, and this request does not leave the container.
  rejectUnauthorized: false,
};

const request = (TLS_CERT_FILE ? overHttps : overHttp)(options, (response) => {
  process.exit(response.statusCode === 200 ? 0 : 1);
});
request.on('timeout', () => request.destroy());
request.on('error', () => process.exit(1));
request.end();
