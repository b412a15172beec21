/** Password hashes as bcrypt makes them (`$2y$10$…`): what `Generate password hash` gives (facts: 4D page `commands/generate-password-hash`). */
import { compareSync, encodeBase64, hashSync } from 'bcryptjs';

/** A higher cost would hold the simulator up for minutes. */
export const highestCost = 14;

/** A password's hash: `$2y$`, the cost, 22 characters of salt and 31 of hash. `salt` has 16 bytes, `cost` is from 4 to {@link highestCost}. */
export function bcrypt(password: string, salt: Uint8Array, cost: number): string {
  return hashSync(password, `$2y$${String(cost).padStart(2, '0')}$${encodeBase64(salt, 16)}`);
}

/** True when the hash is one of this password; false for what is no hash, and where its cost is too high to find out. */
export function bcryptMatches(password: string, hash: string): boolean {
  const cost = Number(/^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1]);
  return cost >= 4 && cost <= highestCost && compareSync(password, hash);
}
