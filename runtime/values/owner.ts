/**
 * Whose a name is. Methods, classes and variables of a component have names of their own inside the machine, `Mail::send`: a component neither
 * sees nor disturbs what the host or another component calls the same (4D page `Extensions/develop-components`). No name of 4D holds a colon.
 */

/** A name of a component's; the host's stay as they are. */
export function qualified(component: string | undefined, name: string): string {
  return component === undefined ? name : `${component}::${name}`;
}

/** The component that a name belongs to; undefined for the host. */
export function ownerOf(name: string): string | undefined {
  const colons = name.indexOf('::');
  return colons < 0 ? undefined : name.slice(0, colons);
}

/** A name as code writes it. */
export function plainName(name: string): string {
  const colons = name.indexOf('::');
  return colons < 0 ? name : name.slice(colons + 2);
}
