import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface ServerCertificate {
  /** PEM. */
  cert: string;
  key: string;
}

/** A certificate for `localhost` and 127.0.0.1 that signs itself, for a day. Node makes keys, not certificates: this is as much of X.509 as a server needs. */
export function selfSigned(): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(objectId(0x55, 4, 3), value(0x0c, Buffer.from('localhost')))));
  const now = Date.now();
  const validity = sequence(utcTime(now - 3_600_000), utcTime(now + 86_400_000));
  const ecdsaWithSha256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
  const names = sequence(value(0x82, Buffer.from('localhost')), value(0x87, Buffer.from([127, 0, 0, 1])));
  const alternativeNames = sequence(objectId(0x55, 0x1d, 0x11), value(0x04, names));
  const version3 = value(0xa0, value(0x02, Buffer.from([2])));
  const serial = value(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const content = sequence(version3, serial, ecdsaWithSha256, name, validity, name, subjectKey, value(0xa3, sequence(alternativeNames)));
  const signature = value(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]));
  const base64 = sequence(content, ecdsaWithSha256, signature).toString('base64');
  const cert = `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** DER: tag, length, content. */
function value(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => value(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => value(0x31, Buffer.concat(parts));
const objectId = (...bytes: number[]) => value(0x06, Buffer.from(bytes));
const utcTime = (ms: number) =>
  value(
    0x17,
    Buffer.from(
      `${new Date(ms)
        .toISOString()
        .replaceAll(/[-:T]|\.\d+/g, '')
        .slice(2)}`,
    ),
  );
