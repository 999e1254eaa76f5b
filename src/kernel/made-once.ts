/**
 * What is made of a list is made once and kept as long as the list is: the reader gives the same list until something else is
 * published, and a list never changes.
 * @param make of the list and of what else is said, which is told apart as JSON
 */
export function madeOnce<Item, More extends readonly unknown[], Made>(
  make: (list: readonly Item[], ...more: More) => Made,
): (list: readonly Item[], ...more: More) => Made {
  const kept = new WeakMap<readonly Item[], Map<string, { readonly made: Made }>>();
  return (list, ...more) => {
    const ofList = kept.get(list) ?? new Map<string, { readonly made: Made }>();
    kept.set(list, ofList);
    const key = JSON.stringify(more);
    const known = ofList.get(key);
    if (known) return known.made;
    const made = make(list, ...more);
    ofList.set(key, { made });
    return made;
  };
}
