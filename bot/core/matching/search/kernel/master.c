/* The restricted master: circles that are known, as columns, and a price for every seat.

   Whatever the prices, no choice among these circles is worth more than all seats at their prices
   plus what each circle is worth above its own seats'. The prices are moved by a subgradient until
   that sum is low. How often a circle was worth more than its seats on the way says how much of it
   a fractional choice would take (the volume algorithm, Barahona and Anbil 2000). */

#include "kernel.h"

#define STALE 6 /* after so many steps without a lower sum, steps get shorter */
#define SHORTER 0.6
#define SHORTEST 1e-3
#define MEMORY 0.6 /* how much of the last direction the next one keeps */
#define NEWEST 0.05 /* how much the newest step counts in the fractional choice */
#define TARGET 0.99 /* the sum is expected to stay above this share of what it was before */
#define FAR 60.0 /* circles so much below the prices of their seats are forgotten */
#define NONE 0.02 /* a circle of which a fractional choice takes less is not taken */
#define DEAD (-1e9) /* the value of a circle that may not be taken any more */
#define TEAM 100 /* what looking at a team costs, in nodes */
#define COLUMN 30 /* and pricing a circle's seats */
#define STEPS 200

Market whole, some;
f64 market_sum;
i32 work, *dived, dived_count;
u64 shunned;
static i32 looks;

/* A number for each circle that hardly any other has, whatever the order of its people. */
u64 mark(const i32 *row) {
    u64 sum = 0;
    for (i32 at = 0; at < row[0] + row[1]; at++) {
        u64 mixed = (u64)(2 * row[2 + at] + (at < row[0]) + 1) * 0x9E3779B97F4A7C15ull;
        mixed = (mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9ull;
        sum += mixed ^ (mixed >> 29);
    }
    return sum | 1;
}

static i32 same(const i32 *row, const i32 *other) {
    if (row[0] != other[0] || row[1] != other[1]) return 0;
    for (i32 at = 0; at < row[0] + row[1]; at++) {
        i32 start = at < row[0] ? 0 : row[0], end = at < row[0] ? row[0] : row[0] + row[1];
        i32 there = 0;
        for (i32 place = start; place < end; place++) there |= other[2 + place] == row[2 + at];
        if (!there) return 0;
    }
    return 1;
}

static void bind(Market *market) {
    i32 second = market == &some;
    market->most = S.columns;
    market->hashed = S.hashed;
    market->rows = A.column_rows + second * S.columns * S.row;
    market->seats = A.column_seats + second * S.columns * S.width;
    market->values = A.column_values + second * S.columns;
    market->taken = A.column_taken + second * S.columns;
    market->hash = A.column_hash + second * S.hashed;
}

void market_begin(Market *market) {
    bind(market);
    market->count = 0;
    for (i32 at = 0; at < market->hashed; at++) market->hash[at] = -1;
}

static i32 place_of(const Market *market, const i32 *row) {
    i32 at = (i32)(mark(row) >> 1 & (u64)(market->hashed - 1));
    while (market->hash[at] >= 0 && !same(ROW(market->rows, market->hash[at]), row))
        at = at + 1 < market->hashed ? at + 1 : 0;
    return at;
}

/* Know this circle too. */
void learn(Market *market, const i32 *row, f64 value) {
    if (market->count >= market->most || value <= 0.0 || mark(row) == shunned) return;
    i32 at = place_of(market, row);
    if (market->hash[at] >= 0) return;
    i32 to = market->hash[at] = market->count++;
    for (i32 place = 0; place < 2 + row[0] + row[1]; place++)
        ROW(market->rows, to)[place] = row[place];
    for (i32 place = 0; place < row[0] + row[1]; place++)
        market->seats[to * S.width + place] = row[2 + place] + (place < row[0] ? S.people : 0);
    market->values[to] = value;
    market->taken[to] = 0.0;
}

f64 above_prices(const Market *market, i32 at) {
    const i32 *row = ROW(market->rows, at), *seats = market->seats + at * S.width;
    f64 above = market->values[at];
    for (i32 place = 0; place < row[0] + row[1]; place++) above -= A.prices[seats[place]];
    return above;
}

/* Whether there are seats for it. */
i32 fits(const Market *market, i32 at) {
    const i32 *row = ROW(market->rows, at), *seats = market->seats + at * S.width;
    for (i32 place = 0; place < row[0] + row[1]; place++)
        if (A.capacity[seats[place]] <= 0) return 0;
    return 1;
}

static void move_column(Market *market, i32 from, i32 to) {
    if (from == to) return;
    for (i32 at = 0; at < S.row; at++)
        ROW(market->rows, to)[at] = ROW(market->rows, from)[at];
    for (i32 at = 0; at < S.width; at++)
        market->seats[to * S.width + at] = market->seats[from * S.width + at];
    market->values[to] = market->values[from];
    market->taken[to] = market->taken[from];
}

/* Forget circles that no longer fit, or are far below the prices of their seats. */
static void forget(Market *market) {
    i32 kept = 0;
    for (i32 at = 0; at < market->count; at++)
        if (fits(market, at) && above_prices(market, at) > -FAR) move_column(market, at, kept++);
    market->count = kept;
    for (i32 at = 0; at < market->hashed; at++) market->hash[at] = -1;
    for (i32 at = 0; at < kept; at++)
        market->hash[place_of(market, ROW(market->rows, at))] = at;
}

/* The seats there are, so that others need not be looked at. */
static i32 open_seats(void) {
    i32 many = 0;
    for (i32 seat = 0; seat < 2 * S.people; seat++)
        if (A.capacity[seat] > 0) A.open[many++] = seat;
    return many;
}

/* Find prices for the circles known, in at most so many steps. */
void settle(Market *market, i32 steps) {
    i32 many = open_seats(), stale = 0;
    f64 best = 1e300, length = 1.0, target = TARGET * market_sum;
    work += COLUMN * market->count;
    for (i32 at = 0; at < many; at++) {
        A.way[A.open[at]] = 0.0;
        A.lowest[A.open[at]] = A.prices[A.open[at]];
    }
    for (i32 at = 0; at < market->count; at++) market->taken[at] = 0.0;
    for (i32 step = 0; step < steps; step++) {
        f64 sum = 0.0;
        for (i32 at = 0; at < many; at++) {
            i32 seat = A.open[at];
            sum += A.capacity[seat] * A.prices[seat];
            A.slope[seat] = A.capacity[seat];
        }
        for (i32 at = 0; at < market->count; at++) {
            f64 above = above_prices(market, at);
            market->taken[at] *= 1.0 - NEWEST;
            if (above <= 0.0) continue;
            market->taken[at] += NEWEST;
            sum += above;
            const i32 *row = ROW(market->rows, at), *seats = market->seats + at * S.width;
            for (i32 place = 0; place < row[0] + row[1]; place++) A.slope[seats[place]] -= 1.0;
        }
        if (sum < best) {
            if (sum < best - 1e-4 * (best < 0.0 ? -best : best)) stale = 0;
            best = sum;
            for (i32 at = 0; at < many; at++) A.lowest[A.open[at]] = A.prices[A.open[at]];
        } else {
            stale++;
        }
        if (best <= target) break;
        if (stale >= STALE) {
            length *= SHORTER;
            stale = 0;
            if (length < SHORTEST) break;
        }
        f64 square = 0.0;
        for (i32 at = 0; at < many; at++) {
            i32 seat = A.open[at];
            A.way[seat] = A.slope[seat] + MEMORY * A.way[seat];
            if (A.prices[seat] > 0.0 || A.way[seat] < 0.0) square += A.way[seat] * A.way[seat];
        }
        if (square == 0.0) break;
        f64 by = length * (sum - target) / square;
        for (i32 at = 0; at < many; at++) {
            f64 price = A.prices[A.open[at]] - by * A.way[A.open[at]];
            A.prices[A.open[at]] = price > 0.0 ? price : 0.0;
        }
    }
    for (i32 at = 0; at < many; at++) A.prices[A.open[at]] = A.lowest[A.open[at]];
    market_sum = best;
}

/* The circles that may be taken now: who has an open seat. */
static void open_people(void) {
    S.open_pupils = S.open_tutors = 0;
    for (i32 who = 0; who < S.people; who++) {
        if (A.capacity[who] > 0) A.open_mentees[S.open_pupils++] = who;
        if (A.capacity[S.people + who] > 0) A.open_mentors[S.open_tutors++] = who;
    }
}

/* About how many teams of two mentors there are; of more, as if any could meet. */
i32 team_count(void) {
    open_people();
    f64 teams = 0.0;
    for (i32 at = 0; at < S.open_tutors; at++)
        for (i32 other = 0; other < at; other++)
            if (!(A.pairs[A.open_mentors[at] * S.people + A.open_mentors[other]] & BARRED))
                teams += 1.0;
    for (i32 many = 3; many <= S.most_mentors; many++)
        teams *= S.open_tutors / many > 1 ? S.open_tutors / many : 1;
    if (S.most_mentors < 2) return S.open_tutors;
    return teams < 1e9 ? (i32)teams : 1000000000;
}

/* How many of 1,024 teams to look at, so that they are about as many as wanted. */
static i32 share_of(i32 wanted) {
    f64 part = (f64)wanted / (team_count() > 0 ? team_count() : 1);
    if (part >= 1.0) return 1024;
    i32 share = 1024;
    if (S.most_mentors <= 2) return (i32)(1024 * part);
    for (;;) { /* the root, without a mathematics library */
        f64 power = 1.0;
        for (i32 at = 1; at < S.most_mentors; at++) power *= share / 1024.0;
        if (power <= part || share <= 1) return share;
        share--;
    }
}

static void sift(f64 *heap, i32 size, i32 at) {
    for (;;) {
        i32 least = at, left = 2 * at + 1;
        if (left < size && heap[left] < heap[least]) least = left;
        if (left + 1 < size && heap[left + 1] < heap[least]) least = left + 1;
        if (least == at) return;
        f64 held = heap[at];
        heap[at] = heap[least];
        heap[least] = held;
        at = least;
    }
}

/* Above what a circle found must be, for only so many to be kept. */
static f64 threshold(i32 most) {
    if (found <= most) return -1e300;
    f64 *heap = A.heap;
    for (i32 at = 0; at < most; at++) heap[at] = A.found_above[at];
    for (i32 at = most / 2; at >= 0; at--) sift(heap, most, at);
    for (i32 at = most; at < found; at++)
        if (A.found_above[at] > heap[0]) {
            heap[0] = A.found_above[at];
            sift(heap, most, 0);
        }
    return heap[0];
}

/* Find circles worth more than their seats, and know them from now on. Returns how many. */
i32 look(Market *market, Look how, f64 least) {
    if (complete) return 0;
    Wanted wanted = {least, how.each, how.likely, how.nodes, share_of(how.teams), (u64)++looks};
    open_people();
    price(&wanted);
    work += looked + TEAM * teams_seen;
    f64 from = threshold(how.most);
    i32 many = 0;
    for (i32 at = 0; at < found; at++) {
        if (A.found_above[at] < from) continue;
        const i32 *row = ROW(A.found_rows, at);
        f64 value = A.found_above[at];
        for (i32 place = 0; place < row[0] + row[1]; place++)
            value += A.prices[row[2 + place] + (place < row[0] ? S.people : 0)];
        learn(market, row, value);
        many++;
    }
    return many;
}

/* What no arrangement is worth more than, by the last look; valid only if it looked at every team
   and left nobody out for being unlikely. */
f64 ceiling(void) {
    f64 sum = 0.0;
    for (i32 seat = 0; seat < 2 * S.people; seat++) sum += A.capacity[seat] * A.prices[seat];
    for (i32 who = 0; who < S.people; who++) {
        f64 above = A.ceilings[who] > 1e-6 ? A.ceilings[who] : 1e-6;
        sum += A.capacity[S.people + who] * above;
    }
    return sum;
}

/* Whether somebody in it could not be there and at another circle of theirs, seated or just taken. */
static i32 torn(const i32 *row) {
    if (clashes_on_board(row, -1)) return 1;
    for (i32 at = 0; at < dived_count; at++)
        for (i32 place = 0; place < row[0] + row[1]; place++)
            if (holds(ROW(dived, at), row[2 + place]) && clash(row, ROW(dived, at))) return 1;
    return 0;
}

/* Whether somebody is in one of those just taken whom this circle needs twice. */
static i32 repeats(const i32 *row) {
    for (i32 at = 0; at < row[0]; at++)
        if (A.seats[row[2 + at] * 2] + A.seats[row[2 + at] * 2 + 1] > 1) return 1;
    for (i32 at = row[0]; at < row[0] + row[1]; at++)
        if (A.seats[row[2 + at] * 2 + 1]) return 1;
    return 0;
}

/* Take so many circles, those first of which the fractional choice takes most; returns their worth. */
static f64 pick(Market *market, i32 wanted) {
    f64 worth = 0.0;
    for (i32 picked = 0; picked < wanted;) {
        i32 best = -1;
        f64 best_above = 0.0;
        for (i32 at = 0; at < market->count; at++) {
            if (market->values[at] == DEAD || (best >= 0 && market->taken[at] < market->taken[best]))
                continue;
            f64 above = above_prices(market, at);
            if (best >= 0 && market->taken[at] == market->taken[best] && above <= best_above)
                continue;
            if (!fits(market, at)) continue;
            best = at, best_above = above;
        }
        if (best < 0 || (picked && market->taken[best] < NONE)) break;
        const i32 *row = ROW(market->rows, best);
        if (repeats(row) && torn(row)) {
            market->values[best] = DEAD;
            continue;
        }
        for (i32 at = 0; at < row[0] + row[1]; at++)
            A.capacity[market->seats[best * S.width + at]]--;
        i32 *taken = ROW(dived, dived_count++);
        for (i32 at = 0; at < 2 + row[0] + row[1]; at++) taken[at] = row[at];
        worth += market->values[best];
        picked++;
    }
    return worth;
}

/* Take circles until nobody is left who could sit in one; returns their worth. The share of those
   still possible is taken at a time. */
f64 dive(Market *market, f64 part, Look how) {
    f64 worth = 0.0;
    i32 typical = S.most_mentees > 1 ? S.most_mentees - 1 : 1;
    dived = A.dived_rows, dived_count = 0;
    for (;;) {
        forget(market);
        if (market->count) settle(market, STEPS);
        look(market, how, 1e-6);
        if (!market->count) break;
        settle(market, STEPS);
        i32 waiting = 0, before = dived_count;
        for (i32 who = 0; who < S.people; who++) waiting += A.capacity[who] > 0;
        i32 wanted = (i32)(part * waiting / typical + 0.5);
        f64 got = pick(market, wanted > 1 ? wanted : 1);
        if (dived_count == before) break;
        worth += got;
        market_sum -= got;
    }
    return worth;
}
