/** A hash that another program made of a password. */
export interface Vector {
  readonly format: string;
  /** The program that made it, and its version. */
  readonly madeBy: string;
  readonly password: string;
  readonly hash: string;
}

const CJK = 'correct horse 马 battery';
const PLAIN = 'seven red bicycles';
/** As long as a digest of SHA-256, where an implementation can go wrong by one. */
const LONG = 'abcdefghijklmnopqrstuvwxyz012345';

const BY_FORMAT: Readonly<Record<string, readonly (readonly [madeBy: string, password: string, hash: string])[]>> = {
  'Django argon2': [
    ['Django 3.2.25', CJK, 'argon2$argon2id$v=19$m=512,t=2,p=2$YTlTYjM0c082dm54dGxBcm52a3BhMw$s+2b+6Mrk2+K+UJ7efx3rQ'],
    [
      'Django 3.2.25',
      PLAIN,
      'argon2$argon2id$v=19$m=512,t=2,p=2$ZXk1cW5lNUdKbHNwb2N6Mlpza0dPaA$zlghF/Dn6NlSOe16LGzHvw',
    ],
  ],
  'Django bcrypt': [
    ['Django 3.2.25', CJK, 'bcrypt$$2b$05$GcxOoj1RbrMnkYJ6hgVFwuCp/i0td7nDSXxMdR.ms4d87rPkExphC'],
    ['Django 3.2.25', PLAIN, 'bcrypt$$2b$05$VaXmV3.TJgrcGpwmzE2jc.dcBXS5rIM6rZrTvebtxiaFOqGGjlaCO'],
  ],
  'Django bcrypt_sha256': [
    ['Django 3.2.25', CJK, 'bcrypt_sha256$$2b$05$gvAquQN/unbPNk.pBOUPkOUKTAP0sY5R2XZ6BDVFUmE9IBIMgnpT6'],
    ['Django 3.2.25', PLAIN, 'bcrypt_sha256$$2b$05$k7StxXBvCgdafzzFH9wW2OT0tsnBWoNsarLTC20CzkZz5OzxW31IO'],
  ],
  'Django pbkdf2_sha1': [
    ['Django 3.2.25', CJK, 'pbkdf2_sha1$1000$gENWBLBru49zBOofY6pk4k$ldWKimfM9oY4/U4h0lIErMPcOOQ='],
    ['Django 3.2.25', PLAIN, 'pbkdf2_sha1$1000$7T3urTHbj9ILgTX2plGEwa$Xg7jxeHv+eoVC5ek4becRrMzWJA='],
  ],
  'Django pbkdf2_sha256': [
    ['Django 3.2.25', CJK, 'pbkdf2_sha256$1000$vGrBZIoipxhsFRUI3PouP5$dmOa+nfLtFyDI0K/jDyVaB29ce2Xw7BZJzG8kPue9ro='],
    ['Django 3.2.25', PLAIN, 'pbkdf2_sha256$1000$tPvKpekgH2i9IejTqp9t7r$z72cRxYzGwfTOGbvaFSUkOrPlaTWGwGDC+XRezPwSWE='],
  ],
  'Django scrypt': [
    [
      'the documented layout of Django 4, with hashlib.scrypt of Python 3.11',
      CJK,
      'scrypt$16384$mYsalt22charactersLONG1$8$1$BcsxKYtVN3W3sr0W4WZLNbkVg7CW4BX5bKU/4dFOvgbhdZU6cOXHuFAgP9QWjfF8OKUych7MCPCcIdZu+6dDyA==',
    ],
    [
      'the documented layout of Django 4, with hashlib.scrypt of Python 3.11',
      PLAIN,
      'scrypt$16384$mYsalt22charactersLONG1$8$1$bnyCSnDepiee3KDtUwyQnDeBrpm13iAzJ1Kpc7F7YSX6T0Sx/dWKd5RvT6AIcGtkKJ+Q2oYyAKJQ+DDlgQGixg==',
    ],
  ],
  'Firebase scrypt': [
    [
      'the example of the firebase/scrypt repository',
      'user1password',
      '$firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lw==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    ],
    [
      'hashlib.scrypt of Python 3.11 and AES of cryptography 38.0.4',
      CJK,
      '$firebase-scrypt$ln=10,r=8$c2FsdCBvZiBvbmU=$Bw==$E7t8n6mbPNToIwhb/FTMY/idzIIr5Tt5fDmI0LorU9tiGyPNelj6WskmGVAGQr8e1h1h6G9Nn58m6RL+foB/wQ==$pPe4daF0jpLci9zWG8mZz4Sl6zdSrZA2WvH9cHPpeiSqH40BQVR7YqYY+q2ULXtJbX+XLlXS9W+OjDBjbTUMiA==',
    ],
    [
      'hashlib.scrypt of Python 3.11 and AES of cryptography 38.0.4',
      PLAIN,
      '$firebase-scrypt$ln=10,r=8$AAECAwQFBgc=$Bw==$E7t8n6mbPNToIwhb/FTMY/idzIIr5Tt5fDmI0LorU9tiGyPNelj6WskmGVAGQr8e1h1h6G9Nn58m6RL+foB/wQ==$HozW2m5InyLVpnv9Mm/hJyDe5HG6Dv5BPI4cRmwMqPksfNyCnTXvWxmkF8AkxjsL+QI5X062x5h/TrgdVlehqg==',
    ],
  ],
  'Keycloak argon2': [
    [
      'the layout of a Keycloak export, with the values of argon2 20171227',
      CJK,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 2, \\"algorithm\\": \\"argon2\\", \\"additionalParameters\\": {\\"hashLength\\": [\\"32\\"], \\"memory\\": [\\"256\\"], \\"type\\": [\\"id\\"], \\"version\\": [\\"1.3\\"], \\"parallelism\\": [\\"2\\"]}}", "secretData": "{\\"value\\": \\"eNBM6c6acQjL+0wS1APONyL07b/sxKLkrfFt0YKhk+0=\\", \\"salt\\": \\"c29tZXNhbHRzb21lc2FsdA==\\", \\"additionalParameters\\": {}}"}',
    ],
    [
      'the layout of a Keycloak export, with the values of argon2 20171227',
      PLAIN,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 2, \\"algorithm\\": \\"argon2\\", \\"additionalParameters\\": {\\"hashLength\\": [\\"32\\"], \\"memory\\": [\\"256\\"], \\"type\\": [\\"id\\"], \\"version\\": [\\"1.3\\"], \\"parallelism\\": [\\"2\\"]}}", "secretData": "{\\"value\\": \\"AKazW1zrAuzgoSjdWHBrOnfpwyEPXjN5Q5hFi/eC3lY=\\", \\"salt\\": \\"c29tZXNhbHRzb21lc2FsdA==\\", \\"additionalParameters\\": {}}"}',
    ],
  ],
  'Keycloak pbkdf2-sha256': [
    [
      'the layout of a Keycloak export, with the values of passlib 1.7.4',
      CJK,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 1000, \\"algorithm\\": \\"pbkdf2-sha256\\", \\"additionalParameters\\": {}}", "secretData": "{\\"value\\": \\"Uj2iFS9X+XaIK1SIn++HixrvZ/zL74C0+MYcg0MsIio=\\", \\"salt\\": \\"LGXsnXNu7V0rRag1ppRS6g==\\", \\"additionalParameters\\": {}}"}',
    ],
    [
      'the layout of a Keycloak export, with the values of passlib 1.7.4',
      PLAIN,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 1000, \\"algorithm\\": \\"pbkdf2-sha256\\", \\"additionalParameters\\": {}}", "secretData": "{\\"value\\": \\"HuTKpyW4mYfYe8+QpjBQ3bOy9LEo3sshhmeYBcgCEbA=\\", \\"salt\\": \\"y5lTqpWSEgIgxDjn3BuD0A==\\", \\"additionalParameters\\": {}}"}',
    ],
  ],
  'Keycloak pbkdf2-sha512': [
    [
      'the layout of a Keycloak export, with the values of passlib 1.7.4',
      CJK,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 1000, \\"algorithm\\": \\"pbkdf2-sha512\\", \\"additionalParameters\\": {}}", "secretData": "{\\"value\\": \\"hoq7Hmm3k7JJ0kPBciX9rZp7piiVLVhQf+axh+5rHN56PZ6s8S9EN5kBBOInNc+OC+EnSQnsTDaMdneBW6t3Yg==\\", \\"salt\\": \\"AEAoJYSQEmKs9X6PMQYgJA==\\", \\"additionalParameters\\": {}}"}',
    ],
    [
      'the layout of a Keycloak export, with the values of passlib 1.7.4',
      PLAIN,
      '{"type": "password", "credentialData": "{\\"hashIterations\\": 1000, \\"algorithm\\": \\"pbkdf2-sha512\\", \\"additionalParameters\\": {}}", "secretData": "{\\"value\\": \\"42sfEZg7LxEnoZcsWcmcaQ0NEdvzVMnEZgbKC1RRWDgseDj4Fb4fKrmjUgESTfVsG7HAMD1z96JdnwYwLFczOA==\\", \\"salt\\": \\"2bs35vx/j5ESAoAQIgQgBA==\\", \\"additionalParameters\\": {}}"}',
    ],
  ],
  'PBKDF2 with SHA-1': [
    ['passlib 1.7.4', CJK, '$pbkdf2$2000$TMm517r3fm.tdY5RKoVwrg$Qjb7not2lvUFIIOXv11r4xWRoAI'],
    ['passlib 1.7.4', PLAIN, '$pbkdf2$2000$0fp/j3FuDaE0Zsx5D.E8Bw$rSFI9hyIW3eKCeAQdCcl8MDL/Tg'],
  ],
  'PBKDF2 with SHA-256': [
    ['passlib 1.7.4', CJK, '$pbkdf2-sha256$1000$LGXsnXNu7V0rRag1ppRS6g$Uj2iFS9X.XaIK1SIn..HixrvZ/zL74C0.MYcg0MsIio'],
    ['passlib 1.7.4', PLAIN, '$pbkdf2-sha256$1000$y5lTqpWSEgIgxDjn3BuD0A$HuTKpyW4mYfYe8.QpjBQ3bOy9LEo3sshhmeYBcgCEbA'],
  ],
  'PBKDF2 with SHA-512': [
    [
      'passlib 1.7.4',
      CJK,
      '$pbkdf2-sha512$1000$AEAoJYSQEmKs9X6PMQYgJA$hoq7Hmm3k7JJ0kPBciX9rZp7piiVLVhQf.axh.5rHN56PZ6s8S9EN5kBBOInNc.OC.EnSQnsTDaMdneBW6t3Yg',
    ],
    [
      'passlib 1.7.4',
      PLAIN,
      '$pbkdf2-sha512$1000$2bs35vx/j5ESAoAQIgQgBA$42sfEZg7LxEnoZcsWcmcaQ0NEdvzVMnEZgbKC1RRWDgseDj4Fb4fKrmjUgESTfVsG7HAMD1z96JdnwYwLFczOA',
    ],
  ],
  'SHA-crypt $5$': [
    ['passlib 1.7.4', CJK, '$5$rounds=1000$ebRJuHiX5ryEFVCm$7SCX.dH6KKUDoayaY4qZ1DRFidPBtMvcrU29FZjqKkC'],
    ['passlib 1.7.4', PLAIN, '$5$rounds=1000$rXXY5mj.gNq7ZIo/$y5PwmTd4LLHobaBNIM2zTnqzHaLt3p.NaFGwD1NcKV3'],
    ['OpenSSL 3.0.19', CJK, '$5$abcdefgh$D5d4TCgoTAIgQefP62oLhhm2FAXOWVCQC1PklneUIl8'],
    ['OpenSSL 3.0.19', PLAIN, '$5$abcdefgh$2idnfaC/yhk.FCa7vJZPgnpnBXbw.SaIYRNJB/VP9h6'],
    ['mkpasswd 5.5.17 (glibc)', CJK, '$5$rounds=1200$tqNJ5vqDOghHAjYs$wIQLX3tNYjleNE17aOj5cknVmAwxi9D0OwkdAFNm3DA'],
    ['mkpasswd 5.5.17 (glibc)', PLAIN, '$5$rounds=1200$yplJb9GZWLAjWd92$8ufrOYt8Ll1NPATDTt/kcFADDVqw7t0vf/na0DK29v/'],
    ['OpenSSL 3.0.19', LONG, '$5$abcdefgh$ts7YWms60ikxrKBbDp0tg0NK9QHyQtKJsitcuLURYs4'],
  ],
  'SHA-crypt $6$': [
    [
      'passlib 1.7.4',
      CJK,
      '$6$rounds=1500$lypRcbnXhHufDAUS$c0MD2SXprC7Ux9W/DdJmtks0Gtg9b.qk.SuQfFUZ2khgi31.7KexmEgL3L7FPnZKYeZRsc6oz9EGwtDbF2wSS.',
    ],
    [
      'passlib 1.7.4',
      PLAIN,
      '$6$rounds=1500$rT9p1FKZjhdR51wy$jnHVrWOpW6sK1oqfcUQ1r1k9SFCueMSg24mOc9BXhNqwcS.2M40crcYDwa8V8ZW0PG6cZEEUnT3ypiazcBJZZ1',
    ],
    [
      'PHP 8.2.36',
      CJK,
      '$6$rounds=2000$saltsalt$5yT5zYkTHvDuWQ1Gg.VRNxVayMN1NBBMha7g0K7RLVe71GrPpi1AtWYJxZiQ5AUiUJbyhEVuFmwR2LMggKTT90',
    ],
    [
      'PHP 8.2.36',
      PLAIN,
      '$6$rounds=2000$saltsalt$LoIzTm0GgzXQq5add/uP9QlKW0OIM0SDMyrcWkaFUHX4/e2A9zXv3JNktFkr3saUI6SEhQHYCki0zyo3E19Ks0',
    ],
    [
      'OpenSSL 3.0.19',
      CJK,
      '$6$abcdefgh$ISRqThrM5wVxnOQG9UdSGBfKhp1zm.CeSxsQofQJ2l2gH06AS7jfbjLhrxinyKncSfZYzqpv0rnHdLPkwv0Za0',
    ],
    [
      'OpenSSL 3.0.19',
      PLAIN,
      '$6$abcdefgh$FHVl0JtLnsFX8aiCF/pyanxygjH82olOayl..rhC.lU3gxAcxQh.7wtAzjv/pHMDHw0MYPqVM1NQlpJcuz.Fl.',
    ],
    [
      'mkpasswd 5.5.17 (glibc)',
      CJK,
      '$6$3Y/JEuKhTPpITclP$VyI6rE/uFsovtDGZUErvv2keIt0zcB5XmXX8OdaKsaD6uI2kW.37CGH3yu9ZkR2TCgOz9tKaTiGkepO2r4kdg/',
    ],
    [
      'mkpasswd 5.5.17 (glibc)',
      PLAIN,
      '$6$xSPlJS0dsYyj1XqA$C9IYLPs46MvdNM8ajcK8LoVY5lGY/u/tbb4RfVpSCdcmmrJHxsqlEmo4StVIzADCrlIIMW1xYqo74GSb4KkXQ.',
    ],
    [
      'OpenSSL 3.0.19',
      LONG + LONG,
      '$6$abcdefgh$ZqZJj3R6a3/.uKzX7LLu0FbQ0n3H68mDxTxgE7BZHmwD.xn0oZtswJZKVAyc3SWM4yYyfMuhIvDnLB45c5Q7w/',
    ],
  ],
  argon2d: [
    ['argon2-cffi 21.1.0', CJK, '$argon2d$v=19$m=256,t=2,p=2$+nhkXS7ddZ+9gwSKauE+NA$Io/lQPfi0WdJ6oQfRFumzw'],
    ['argon2-cffi 21.1.0', PLAIN, '$argon2d$v=19$m=256,t=2,p=2$m9MbwIl2KMbN52EjKbC7OQ$5AvoWN1ybbKjRviSxCj+wQ'],
    [
      'argon2 20171227 (reference)',
      CJK,
      '$argon2d$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$OBiLb9+69a+KonccL8n4au2hZl7je4tV/KN7XPELhLk',
    ],
    [
      'argon2 20171227 (reference)',
      PLAIN,
      '$argon2d$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$sBtXIHYF8JhCEzSCOsBfdYJ3FjkXVJU/PPqjppwVZHc',
    ],
  ],
  argon2i: [
    ['argon2-cffi 21.1.0', CJK, '$argon2i$v=19$m=256,t=2,p=2$egr7ePYru5lnc+Or38wziQ$Sur30BZOhSe2at3AWdOSqg'],
    ['argon2-cffi 21.1.0', PLAIN, '$argon2i$v=19$m=256,t=2,p=2$foeIVw8ISOynUzG8OxL0hg$LW+zOZ9ZFopZtllTNsD5KQ'],
    [
      'PHP 8.2.36',
      CJK,
      '$argon2i$v=19$m=256,t=3,p=1$cW4wclZlNWVESXUyMC9tbA$IL+UAK12Lw6M7Q4st+RK+6PP4UnglEzd6cbN9rRDp7M',
    ],
    [
      'PHP 8.2.36',
      PLAIN,
      '$argon2i$v=19$m=256,t=3,p=1$VlpQS2JBbTBTSDBBVHozUQ$Y/uoVmRUVaLtq52jQfCIO8+iX0vQS3TLzR611+tRNd0',
    ],
    [
      'argon2 20171227 (reference)',
      CJK,
      '$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$Yy+Z3JfiDu5ac+wsoDduB8pb6bxA0IMWP/PUmQVVaGw',
    ],
    [
      'argon2 20171227 (reference)',
      PLAIN,
      '$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$72Vj5rgZ41KDlZeZ6v7/4mS15zm+mCn7RVZknPFmvXI',
    ],
  ],
  'argon2i, version 16': [
    [
      'argon2 20171227 (reference)',
      CJK,
      '$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Ug9KjaG9ZogMzZKa1cwzHFouXn/lbtfKJcOPJlWA/q4',
    ],
    [
      'argon2 20171227 (reference)',
      PLAIN,
      '$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$ShpogzWOsEClR2Wu/LNXn5qrAF8gIHIPTclHzAVDxx8',
    ],
  ],
  argon2id: [
    ['argon2-cffi 21.1.0', CJK, '$argon2id$v=19$m=256,t=2,p=2$7ihh6X/I/fB9yzTtbAh9Qg$egwnQpZrJmb0REGbvl1hdw'],
    ['argon2-cffi 21.1.0', PLAIN, '$argon2id$v=19$m=256,t=2,p=2$WQpTsvNf+HZEx584wEGIPA$v1bkC2o0O+jEVF+oEIi/Xg'],
    [
      'PHP 8.2.36',
      CJK,
      '$argon2id$v=19$m=256,t=3,p=1$ckswN0Q5SERTL3JVLnlOcQ$qCm+ThiQ7avm+bjRLdehPZT37IyGHEywkJnpK/vXVwU',
    ],
    [
      'PHP 8.2.36',
      PLAIN,
      '$argon2id$v=19$m=256,t=3,p=1$QnNtelFFSzlFQll0cFZjUw$RkmNkPOqaM4WBweOUlDoBp+vfUA+g/ynfsfeX4ahwOs',
    ],
    [
      'argon2 20171227 (reference)',
      CJK,
      '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$eNBM6c6acQjL+0wS1APONyL07b/sxKLkrfFt0YKhk+0',
    ],
    [
      'argon2 20171227 (reference)',
      PLAIN,
      '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$AKazW1zrAuzgoSjdWHBrOnfpwyEPXjN5Q5hFi/eC3lY',
    ],
  ],
  'bcrypt $2a$': [
    ['python bcrypt 3.2.2', CJK, '$2a$05$JF9Ef3tWpXtkLTRI5yINWuL2GtP6sSfydcyZHc1kzDkUOBb.XXrXS'],
    ['python bcrypt 3.2.2', PLAIN, '$2a$05$Isj6My5sPOfFDt66JyfHCeg2LkUZRw4xYCs0rqw3MP3T2XuVC083O'],
  ],
  'bcrypt $2b$': [
    ['python bcrypt 3.2.2', CJK, '$2b$06$v4QlGuL9Ad.zZSxE34gqbunc.h5pNg9XUq.RS2cc2rk0MgmEHCs3C'],
    ['python bcrypt 3.2.2', PLAIN, '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e'],
  ],
  'bcrypt $2y$': [
    ['PHP 8.2.36', CJK, '$2y$05$YaAm9HZpIwlrQ23WjaMYAemuKqAoPyaC2wM5EwriaRYVSowSWShRa'],
    ['PHP 8.2.36', PLAIN, '$2y$05$WvSDos8dHF9wuFAwykoKYOhvej.NO3AYY5wFZUJ.Q5dtM6K.EYwzW'],
  ],
  'phpass $H$': [
    ['passlib 1.7.4', CJK, '$H$6mzZXfaHwisG54azeqVz8AVY/gCNcu/'],
    ['passlib 1.7.4', PLAIN, '$H$6X0gRwfBL0gNmDhJoJgHbdKBslUFEu.'],
  ],
  'phpass $P$': [
    ['passlib 1.7.4', CJK, '$P$6ZEJiCaNY75dHqP6x30pvkX28k0nQt1'],
    ['passlib 1.7.4', PLAIN, '$P$6GhkpzWNERLtUc0QATav/DKSt45eAM0'],
  ],
  scrypt: [
    ['passlib 1.7.4', CJK, '$scrypt$ln=10,r=8,p=1$PsdYi1GKcY7xntN6b22N0Q$1Cbw+HBneg0imrxAGhQSEykZ6uuZ49bSQ36yGVFi1LY'],
    [
      'passlib 1.7.4',
      PLAIN,
      '$scrypt$ln=10,r=8,p=1$GQMAAGDM+X+vtRYCYAyB0A$eQQGxPjMOmkJRABKmusDkmHoR89Yo8iW2W1pSO05GUc',
    ],
  ],
};

/** Hashes of every format, each made by the program that is named with it. */
export const VECTORS: readonly Vector[] = Object.entries(BY_FORMAT).flatMap(([format, rows]) =>
  rows.map(([madeBy, password, hash]) => ({ format, madeBy, password, hash })),
);
