/** Message digests at once: the hosts' own are asynchronous in a browser, and MD5 is not among them. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

const digests = { md5, sha1, sha256, sha512 };

export type DigestName = keyof typeof digests;

/** The digest of bytes, or of a text as UTF-8. */
export function digest(name: DigestName, data: Uint8Array | string): Uint8Array {
  return digests[name](data);
}
