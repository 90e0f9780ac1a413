/* Choosing exactly, where all circles there can be are known: branch and bound.

   The bound of a branch is that of its circles' prices, moved a little from those of the branch
   above. Whoever cannot be in anything better than what is known, is left out for good. */

#include "kernel.h"

static i32 chosen[1024], chosen_count, budget;
static f64 root;

/* Whether it may be taken beside those chosen. */
static i32 goes_along(i32 column) {
    if (!fits(&whole, column)) return 0;
    const i32 *row = ROW(whole.rows, column);
    for (i32 at = 0; at < chosen_count; at++)
        for (i32 place = 0; place < row[0] + row[1]; place++)
            if (holds(ROW(whole.rows, chosen[at]), row[2 + place]) &&
                clash(row, ROW(whole.rows, chosen[at])))
                return 0;
    return 1;
}

static void found_better(f64 value) {
    for (i32 at = 0; at < S.slots * S.row; at++) A.best_rows[at] = 0;
    for (i32 at = 0; at < chosen_count; at++) {
        const i32 *row = ROW(whole.rows, chosen[at]);
        for (i32 place = 0; place < 2 + row[0] + row[1]; place++)
            ROW(A.best_rows, at)[place] = row[place];
    }
    best_total = value;
}

/* Move the prices for these circles; returns the lowest bound, and leaves out what cannot help. */
static f64 relax(i32 *list, i32 *many, f64 fixed, i32 steps) {
    f64 best = 1e300, length = 1.0;
    i32 stale = 0;
    for (i32 seat = 0; seat < 2 * S.people; seat++) A.way[seat] = 0.0;
    for (i32 at = 0; at < *many; at++) whole.taken[list[at]] = 0.0;
    for (i32 step = 0; step < steps && *many; step++) {
        f64 sum = fixed, square = 0.0;
        for (i32 seat = 0; seat < 2 * S.people; seat++) {
            sum += A.capacity[seat] * A.prices[seat];
            A.slope[seat] = A.capacity[seat];
        }
        for (i32 at = 0; at < *many; at++) {
            f64 above = A.ranking[at] = above_prices(&whole, list[at]);
            whole.taken[list[at]] *= 0.9;
            if (above <= 0.0) continue;
            sum += above;
            whole.taken[list[at]] += 0.1;
            const i32 *row = ROW(whole.rows, list[at]), *seats = whole.seats + list[at] * S.width;
            for (i32 place = 0; place < row[0] + row[1]; place++) A.slope[seats[place]] -= 1.0;
        }
        budget -= *many + 2 * S.people / 8;
        f64 slack = sum - best_total - 1e-7;
        i32 kept = 0;
        for (i32 at = 0; at < *many; at++)
            if (A.ranking[at] > -slack) list[kept++] = list[at];
        *many = kept;
        if (sum < best) {
            stale = sum < best - 1e-5 * best ? 0 : stale + 1;
            best = sum;
            for (i32 seat = 0; seat < 2 * S.people; seat++) A.lowest[seat] = A.prices[seat];
        } else {
            stale++;
        }
        if (slack <= 0.0 || !kept) break;
        if (stale >= 8) {
            length *= 0.6, stale = 0;
            if (length < 0.003) break;
        }
        for (i32 seat = 0; seat < 2 * S.people; seat++) {
            A.way[seat] = A.slope[seat] + 0.6 * A.way[seat];
            if (A.prices[seat] > 0.0 || A.way[seat] < 0.0) square += A.way[seat] * A.way[seat];
        }
        if (square == 0.0) break;
        f64 by = length * slack / square;
        for (i32 seat = 0; seat < 2 * S.people; seat++) {
            f64 price = A.prices[seat] - by * A.way[seat];
            A.prices[seat] = price > 0.0 ? price : 0.0;
        }
    }
    if (best < 1e299)
        for (i32 seat = 0; seat < 2 * S.people; seat++) A.prices[seat] = A.lowest[seat];
    return best < 1e299 ? best : fixed;
}

/* 0 if the budget ran out. */
static i32 branch(i32 *list, i32 many, f64 fixed, i32 depth) {
    f64 above = 0.0;
    for (i32 first = 1;; first = 0) {
        above = relax(list, &many, fixed, depth ? 60 : first ? 1000 : 60);
        if (!depth && first) root = above;
        if (fixed > best_total + 1e-7) found_better(fixed);
        if (!many || above <= best_total + 1e-7) return 1;
        if (budget < 0 || depth >= S.depths - 1 || chosen_count == 1023) return 0;
        i32 best = 0;
        for (i32 at = 1; at < many; at++)
            if (whole.taken[list[at]] > whole.taken[list[best]]) best = at;
        i32 column = list[best];
        list[best] = list[--many];
        const i32 *seats = whole.seats + column * S.width;
        i32 people = ROW(whole.rows, column)[0] + ROW(whole.rows, column)[1], left = 0;
        f64 *held = A.held_prices + depth * 2 * S.people;
        for (i32 seat = 0; seat < 2 * S.people; seat++) held[seat] = A.prices[seat];
        for (i32 at = 0; at < people; at++) A.capacity[seats[at]]--;
        chosen[chosen_count++] = column;
        i32 *deeper = list + many;
        for (i32 at = 0; at < many && deeper + left < A.branches + S.branched; at++)
            if (goes_along(list[at])) deeper[left++] = list[at];
        i32 done = deeper + many < A.branches + S.branched &&
                   branch(deeper, left, fixed + whole.values[column], depth + 1);
        chosen_count--;
        for (i32 at = 0; at < people; at++) A.capacity[seats[at]]++;
        for (i32 seat = 0; seat < 2 * S.people; seat++) A.prices[seat] = held[seat];
        if (!done) return 0;
    }
}

/* Prove the best arrangement, or say how good one could be; all circles there can be are known and
   all seats are open. */
f64 prove(i32 work) {
    for (i32 at = 0; at < whole.count; at++) A.branches[at] = at;
    budget = work, chosen_count = 0, root = 1e300;
    if (branch(A.branches, whole.count, 0.0, 0)) return best_total;
    return root;
}
