/* Exchanging whole circles: one that is known takes its seats, those that held them end, and their
   mentors gather whom they can. Cheap, as every circle's worth is known beforehand. */

#include "kernel.h"

#define WORSE (-25.0) /* circles so much below the prices of their seats are not tried */
#define DEEP 300      /* so many of a mentor's circles are looked at when one is refilled */

static i32 listed, removed, added, added_slots[MOST_ROW];

static i32 higher(i32 one, i32 other) {
    if (A.ranking[one] != A.ranking[other]) return A.ranking[one] > A.ranking[other];
    return one < other;
}

/* List the circles of each mentor, those first that are furthest above their prices. */
static void index_columns(void) {
    i32 many = 0;
    for (i32 at = 0; at < whole.count; at++) {
        A.ranking[at] = above_prices(&whole, at);
        if (A.ranking[at] > WORSE) A.ranked[many++] = at;
    }
    for (i32 gap = many / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (i32 at = gap; at < many; at++) {
            i32 held = A.ranked[at], place = at;
            for (; place >= gap && higher(held, A.ranked[place - gap]); place -= gap)
                A.ranked[place] = A.ranked[place - gap];
            A.ranked[place] = held;
        }
    for (i32 who = 0; who <= S.people; who++) A.led_by_at[who] = 0;
    for (i32 at = 0; at < many; at++) {
        const i32 *row = ROW(whole.rows, A.ranked[at]);
        for (i32 lead = 0; lead < row[0]; lead++) A.led_by_at[row[2 + lead] + 1]++;
    }
    for (i32 who = 0; who < S.people; who++) A.led_by_at[who + 1] += A.led_by_at[who];
    for (i32 who = 0; who < S.people; who++) A.is_near[who] = A.led_by_at[who];
    for (i32 at = 0; at < many; at++) {
        const i32 *row = ROW(whole.rows, A.ranked[at]);
        for (i32 lead = 0; lead < row[0]; lead++)
            if (A.is_near[row[2 + lead]] < S.two_columns)
                A.led_by[A.is_near[row[2 + lead]]++] = A.ranked[at];
    }
    listed = many;
}

static void remove_slot(i32 slot) {
    i32 *kept = ROW(A.removed_rows, removed);
    const i32 *row = ROW(A.rows, slot);
    for (i32 at = 0; at < 2 + row[0] + row[1]; at++) kept[at] = row[at];
    A.removed_values[removed++] = A.values[slot];
    clear_slot(slot);
}

static i32 add(i32 column) {
    i32 slot = empty_slot();
    if (slot < 0 || added == MOST_ROW) return 0;
    seat_row(slot, ROW(whole.rows, column), whole.values[column]);
    added_slots[added++] = slot;
    return 1;
}

static i32 is_open(i32 column) {
    const i32 *row = ROW(whole.rows, column);
    for (i32 at = 0; at < row[0]; at++)
        if (A.spare[row[2 + at]] <= 0) return 0;
    for (i32 at = row[0]; at < row[0] + row[1]; at++)
        if (A.place[row[2 + at]] >= 0) return 0;
    return !clashes_on_board(row, -1);
}

static void refill(i32 mentor) {
    i32 end = A.led_by_at[mentor + 1];
    if (end > A.led_by_at[mentor] + DEEP) end = A.led_by_at[mentor] + DEEP;
    for (i32 at = A.led_by_at[mentor]; at < end && A.spare[mentor] > 0; at++)
        if (is_open(A.led_by[at])) add(A.led_by[at]);
}

static void undo(void) {
    for (i32 at = 0; at < added; at++) clear_slot(added_slots[at]);
    for (i32 at = 0; at < removed; at++)
        seat_row(empty_slot(), ROW(A.removed_rows, at), A.removed_values[at]);
}

/* End the circles that hold this one's seats; 0 if one of them is locked. */
static i32 make_way(const i32 *row) {
    for (i32 at = 0; at < row[0] + row[1]; at++) {
        i32 who = row[2 + at], slot = -1;
        if (at >= row[0]) slot = A.place[who];
        else if (A.spare[who] <= 0) slot = A.led[A.led_at[who] + below(A.leads[who])];
        if (slot < 0) continue;
        if (A.kept[slot * S.width] != -1 || removed == MOST_ROW) return 0;
        remove_slot(slot);
    }
    return 1;
}

static f64 survives(f64 loss) {
    if (loss > 16.0) return 0.0;
    f64 grown = 1.0 + loss / 64.0;
    for (i32 turn = 0; turn < 6; turn++) grown *= grown;
    return 1.0 / grown;
}

/* So many exchanges, cooling evenly; the best arrangement on the way is remembered. */
void exchange(i32 steps, f64 heat) {
    index_columns();
    if (!listed) return;
    for (i32 step = 0; step < steps; step++) {
        i32 mentor = A.tutors[below(S.tutor_count)];
        i32 many = A.led_by_at[mentor + 1] - A.led_by_at[mentor];
        if (!many) continue;
        f64 early = share();
        i32 column = A.led_by[A.led_by_at[mentor] + (i32)(early * early * many)];
        const i32 *row = ROW(whole.rows, column);
        f64 before = total;
        removed = added = 0;
        i32 able = make_way(row) && is_open(column) && add(column);
        if (able)
            for (i32 at = 0; at < removed; at++) {
                const i32 *gone = ROW(A.removed_rows, at);
                for (i32 lead = 0; lead < gone[0]; lead++) refill(gone[2 + lead]);
            }
        f64 gain = total - before, cold = heat * (steps - step) / steps + 1e-6;
        if (!able || (gain < 0.0 && share() >= survives(-gain / cold))) {
            undo();
        } else if (total > best_total + 1e-9) {
            save_best();
        }
    }
}
