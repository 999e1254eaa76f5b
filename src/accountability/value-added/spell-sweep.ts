/** Ranks of registration that can count: main, subsidiary, alternative provision. */
const ranks = 3;

/**
 * Divides one pupil's window among the schools of the pupil's spells. Positions are days, or terms, since the window's
 * beginning; at each position the schools of the best rank on roll share it equally.
 *
 * It goes through the beginnings and ends in order and keeps, for each rank, the running sum of what one school of that
 * rank has got so far; a school's time is the difference of that sum between its end and its beginning. So the work is
 * k log k in the number of spells, even for a file in which every row names the same pupil. One sweep serves all pupils.
 */
export class SpellSweep {
  /** Schools with time, ascending, and their time; the first `schools` places count. */
  school = new Int32Array(0);
  time = new Float64Array(0);
  schools = 0;
  /** Time on no roll or at no known school. */
  missing = 0;
  /** Whether some time was at no known school, came late, ended early, or had two schools in different ranks. */
  outside = false;
  late = false;
  early = false;
  dual = false;
  /** The row that begins after the first gap, and the one that makes the first division; −1 where there is none. */
  gapRow = -1;
  overlapRow = -1;

  private total = 0;
  private spells = 0;
  private spellFrom = new Int32Array(0);
  private spellTo = new Int32Array(0);
  private spellSchool = new Int32Array(0);
  private spellRank = new Uint8Array(0);
  private spellRow = new Int32Array(0);
  private events = new Float64Array(0);

  /** The pupil's schools in order of first appearance; a school's place is known by this turn's stamp. */
  private places = 0;
  private placeSchool = new Int32Array(0);
  private placeTime = new Float64Array(0);
  private readonly placeOf: Int32Array;
  private readonly stamp: Int32Array;
  private turn = 0;

  /** By rank: schools on roll, and what one of them has got so far. */
  private readonly onRoll = new Int32Array(ranks);
  private readonly got = new Float64Array(ranks);
  /** By place and rank: spells running (all 0 between pupils), the sum when the first began, the latest to begin. */
  private running = new Int32Array(0);
  private since = new Float64Array(0);
  private latest = new Int32Array(0);

  /** @param schools schools are from −1 (not known) to `schools` − 1 */
  constructor(schools: number) {
    this.placeOf = new Int32Array(schools + 1);
    this.stamp = new Int32Array(schools + 1);
    this.grow(16);
  }

  /** Begins the next pupil, whose window has `total` positions. */
  open(total: number): void {
    this.total = total;
    this.spells = this.schools = this.places = 0;
    this.missing = total;
    this.outside = this.late = this.early = this.dual = false;
    this.gapRow = this.overlapRow = -1;
  }

  /** Adds a spell within the window: 0 ≤ `from` < `to` ≤ total. */
  add(from: number, to: number, school: number, rank: number, row: number): void {
    if (this.spells === this.spellFrom.length) this.grow(2 * this.spells);
    this.spellFrom[this.spells] = from;
    this.spellTo[this.spells] = to;
    this.spellSchool[this.spells] = school;
    this.spellRank[this.spells] = rank;
    this.spellRow[this.spells] = row;
    this.spells++;
  }

  /** Divides the window among the spells that were added. */
  run(): void {
    if (this.spells === 0) return;
    if (this.spells === 1) {
      this.runOne();
      return;
    }
    this.turn++;
    this.onRoll.fill(0);
    this.got.fill(0);
    this.missing = 0;
    const count = this.sortedEvents();
    let position = 0;
    let gap = false;
    for (let e = 0; e < count; e++) {
      const event = this.events[e]!;
      const at = Math.floor(event / (2 * this.spells));
      const rest = event - at * 2 * this.spells;
      const begins = rest >= this.spells;
      const spell = begins ? rest - this.spells : rest;
      if (at > position) {
        if (!this.pass(at - position)) {
          if (e === 0) this.late = true;
          else gap = true;
        }
        position = at;
      }
      if (gap && begins) {
        if (this.gapRow < 0) this.gapRow = this.spellRow[spell]!;
        gap = false;
      }
      this.turnUp(spell, begins);
    }
    this.early = position < this.total;
    this.missing += this.total - position;
    this.collect();
  }

  /** Nearly every pupil: one spell, and nothing to divide. */
  private runOne(): void {
    const time = this.spellTo[0]! - this.spellFrom[0]!;
    this.late = this.spellFrom[0]! > 0;
    this.early = this.spellTo[0]! < this.total;
    if (this.spellSchool[0] === -1) {
      this.outside = true;
    } else {
      this.school[0] = this.spellSchool[0]!;
      this.time[0] = time;
      this.schools = 1;
      this.missing -= time;
    }
  }

  /** Beginnings and ends as sorted numbers (position, then ends before beginnings, then spell). */
  private sortedEvents(): number {
    const { events, spells } = this;
    const count = 2 * spells;
    for (let i = 0; i < spells; i++) {
      events[2 * i] = this.spellFrom[i]! * count + spells + i;
      events[2 * i + 1] = this.spellTo[i]! * count + i;
    }
    sortNumbers(events, count);
    return count;
  }

  /** Gives a stretch to the schools of the best rank on roll; false where there is none. */
  private pass(length: number): boolean {
    let best = 0;
    while (best < ranks && this.onRoll[best] === 0) best++;
    if (best === ranks) {
      this.missing += length;
      return false;
    }
    this.got[best]! += length / this.onRoll[best]!;
    if (this.onRoll[best]! > 1 && this.overlapRow < 0) this.overlapRow = this.latestRow(best);
    if (!this.dual) this.dual = this.hasLower(best);
    return true;
  }

  /** A spell begins or ends. */
  private turnUp(spell: number, begins: boolean): void {
    const rank = this.spellRank[spell]!;
    const place = this.place(this.spellSchool[spell]!);
    const cell = place * ranks + rank;
    if (begins) {
      this.latest[cell] = spell;
      if (this.running[cell]!++ > 0) return;
      this.onRoll[rank]!++;
      this.since[cell] = this.got[rank]!;
    } else {
      if (--this.running[cell]! > 0) return;
      this.onRoll[rank]!--;
      this.placeTime[place]! += this.got[rank]! - this.since[cell]!;
    }
  }

  private place(school: number): number {
    if (this.stamp[school + 1] === this.turn) return this.placeOf[school + 1]!;
    const place = this.places++;
    this.stamp[school + 1] = this.turn;
    this.placeOf[school + 1] = place;
    this.placeSchool[place] = school;
    this.placeTime[place] = 0;
    return place;
  }

  /** The row of the spell of this rank that began last among those running. */
  private latestRow(rank: number): number {
    let last = -1;
    for (let place = 0; place < this.places; place++) {
      const cell = place * ranks + rank;
      if (this.running[cell] === 0) continue;
      const spell = this.latest[cell]!;
      if (last < 0 || this.spellFrom[spell]! >= this.spellFrom[last]!) last = spell;
    }
    return this.spellRow[last]!;
  }

  /** Whether another school is on roll in a rank below this one. */
  private hasLower(rank: number): boolean {
    for (let place = 0; place < this.places; place++) {
      if (this.running[place * ranks + rank]! > 0) continue;
      for (let lower = rank + 1; lower < ranks; lower++) if (this.running[place * ranks + lower]! > 0) return true;
    }
    return false;
  }

  /** The schools with time in ascending order; time at no known school goes to `missing`. */
  private collect(): void {
    const sorted = this.placeSchool;
    if (this.places > 1) sortNumbers(sorted, this.places);
    for (let i = 0; i < this.places; i++) {
      const time = this.placeTime[this.placeOf[sorted[i]! + 1]!]!;
      if (time <= 0) continue;
      if (sorted[i] === -1) {
        this.missing += time;
        this.outside = true;
      } else {
        this.school[this.schools] = sorted[i]!;
        this.time[this.schools++] = time;
      }
    }
  }

  private grow(size: number): void {
    this.school = new Int32Array(size);
    this.time = new Float64Array(size);
    this.spellFrom = copy(this.spellFrom, new Int32Array(size));
    this.spellTo = copy(this.spellTo, new Int32Array(size));
    this.spellSchool = copy(this.spellSchool, new Int32Array(size));
    this.spellRank = copy(this.spellRank, new Uint8Array(size));
    this.spellRow = copy(this.spellRow, new Int32Array(size));
    this.events = new Float64Array(2 * size);
    this.placeSchool = new Int32Array(size);
    this.placeTime = new Float64Array(size);
    this.running = new Int32Array(ranks * size);
    this.since = new Float64Array(ranks * size);
    this.latest = new Int32Array(ranks * size);
  }
}

function copy<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Sorts the first `count` numbers in place: by insertion where they are few, as nearly always. */
function sortNumbers(numbers: Int32Array | Float64Array, count: number): void {
  if (count > 48) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const value = numbers[i]!;
    let j = i - 1;
    for (; j >= 0 && numbers[j]! > value; j--) numbers[j + 1] = numbers[j]!;
    numbers[j + 1] = value;
  }
}
