/** Puts the value in the place of the getter that made it. */
export function remember<V>(owner: object, key: string, value: V): V {
  Object.defineProperty(owner, key, { value, enumerable: true });
  return value;
}
