/**
 * Parameters that were renamed: the path of an old link → the path of today. An entry is never removed, and one that is renamed again
 * keeps its first name here too, so that links go on working.
 */
export const parameterAliases: ReadonlyMap<string, string> = new Map<string, string>([]);

/** Today's path of a parameter, however often it was renamed; the path itself where it wasn't. */
export function currentPath(path: string, aliases: ReadonlyMap<string, string> = parameterAliases): string {
  const seen = new Set<string>();
  let current = path;
  while (!seen.has(current)) {
    seen.add(current);
    current = aliases.get(current) ?? current;
  }
  return current;
}
