import { mixWord } from "../draws.js";

/** Which persons a worker runs: every `every`-th number, and of those the blocks of 4,096 that fall to it. */
export interface Part {
  readonly every: number;
  readonly shard: number;
  readonly shards: number;
}

const blockBits = 12;

/** Whether a person's number belongs to a part. */
export function isOfPart(id: number, { every, shard, shards }: Part): boolean {
  return id % every === 0 && (shards === 1 || (id >>> blockBits) % shards === shard);
}

/** The first word of a run's draws: another replicate has another luck. */
export function luckOf(seed: number, replicate: number): number {
  return mixWord((mixWord(seed) + Math.imul(replicate, 0x85ebca6b)) >>> 0);
}
