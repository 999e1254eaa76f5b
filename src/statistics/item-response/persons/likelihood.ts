import type { ItemParameters } from "../items.js";
import { notAdministered, type Responses } from "../responses.js";

/**
 * Log-likelihoods of persons over a grid of abilities, made one person at a time.
 *
 * Given the items, category k of an item has the weight exp(k·a·θ + c_k), so a person's log-likelihood is θ·S + K − Σ log normaliser, where
 * S = Σ a·score and K = Σ c_score, and the last sum depends on the booklet alone. A node therefore costs one multiplication whatever the
 * number of items, and nothing of the size persons × nodes is held. Items that weren't administered within a booklet are taken off the
 * booklet's sum; a right answer to an item with guessing adds a row of its own, log(g + exp(η)).
 */
export class PersonLikelihoods {
  /** Equally spaced abilities, rising. */
  readonly nodes: Float64Array;
  readonly persons: number;
  readonly #responses: Responses;
  readonly #normaliser: readonly Float64Array[];
  readonly #guessed: readonly (Float64Array | null)[];
  readonly #booklet: readonly Float64Array[];
  /** S and K of each person; and whether missing items or guessing have to be seen to. */
  readonly #score: Float64Array;
  readonly #constant: Float64Array;
  readonly #special: Uint8Array;

  /**
   * @param nodes abilities, rising, equally spaced where moments or draws are made of them
   * @param like the same persons and items on another grid, whose sums over responses are taken over
   */
  constructor(responses: Responses, items: ItemParameters, nodes: Float64Array, like: PersonLikelihoods | null = null) {
    this.nodes = nodes;
    this.persons = responses.booklet.length;
    this.#responses = responses;
    this.#normaliser = items.intercepts.map((c, j) => logNormaliser(items.slope[j]!, c, nodes));
    this.#guessed = items.intercepts.map((c, j) => {
      const g = items.guessing[j]!;
      return g > 0 ? nodes.map((theta) => Math.log(g + Math.exp(items.slope[j]! * theta + c[1]!))) : null;
    });
    this.#booklet = responses.booklets.map((booklet) => {
      const sum = new Float64Array(nodes.length);
      for (const j of booklet) this.#add(sum, this.#normaliser[j]!, 1);
      return sum;
    });
    this.#score = like ? like.#score : new Float64Array(this.persons);
    this.#constant = like ? like.#constant : new Float64Array(this.persons);
    this.#special = like ? like.#special : new Uint8Array(this.persons);
    if (like === null) this.#addUp(items);
  }

  #addUp(items: ItemParameters): void {
    const { booklets, booklet, starts, scores } = this.#responses;
    for (let i = 0; i < this.persons; i++) {
      const list = booklets[booklet[i]!]!;
      const from = starts[i]!;
      let [s, k] = [0, 0];
      for (let at = 0; at < list.length; at++) {
        const score = scores[from + at]!;
        const j = list[at]!;
        if (score === notAdministered) {
          this.#special[i] = 1;
          continue;
        }
        const c = items.intercepts[j]!;
        const g = items.guessing[j]!;
        if (g > 0) {
          if (score === 0) k += Math.log(1 - g);
          else this.#special[i] = 1;
          continue;
        }
        s += items.slope[j]! * score;
        k += c[score]!;
      }
      this.#score[i] = s;
      this.#constant[i] = k;
    }
  }

  #add(into: Float64Array, row: Float64Array, times: number): void {
    for (let q = 0; q < into.length; q++) into[q]! += times * row[q]!;
  }

  /** Writes the person's log-likelihood at every node into `out`. */
  fill(person: number, out: Float64Array): void {
    const { nodes } = this;
    const s = this.#score[person]!;
    const k = this.#constant[person]!;
    const sum = this.#booklet[this.#responses.booklet[person]!]!;
    for (let q = 0; q < nodes.length; q++) out[q] = k + s * nodes[q]! - sum[q]!;
    if (this.#special[person] === 0) return;
    const { booklets, booklet, starts, scores } = this.#responses;
    const list = booklets[booklet[person]!]!;
    for (let at = 0, from = starts[person]!; at < list.length; at++) {
      const j = list[at]!;
      const score = scores[from + at]!;
      if (score === notAdministered) this.#add(out, this.#normaliser[j]!, 1);
      else if (score > 0 && this.#guessed[j] !== null) this.#add(out, this.#guessed[j]!, 1);
    }
  }
}

/** log Σ exp(k·a·θ + c_k) at each node. */
function logNormaliser(slope: number, intercepts: Float64Array, nodes: Float64Array): Float64Array {
  return nodes.map((theta) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < intercepts.length; k++) most = Math.max(most, k * slope * theta + intercepts[k]!);
    let sum = 0;
    for (let k = 0; k < intercepts.length; k++) sum += Math.exp(k * slope * theta + intercepts[k]! - most);
    return most + Math.log(sum);
  });
}
