/* The arrangement: circles in slots, and who has which seat. */

#include "kernel.h"

f64 total, best_total;
static i32 last_empty;

i32 holds(const i32 *row, i32 who) {
    for (i32 at = 0; at < row[0] + row[1]; at++)
        if (row[2 + at] == who) return 1;
    return 0;
}

static void lead(i32 who, i32 slot) {
    A.led[A.led_at[who] + A.leads[who]++] = slot;
    A.spare[who]--;
}

static void leave(i32 who, i32 slot) {
    i32 start = A.led_at[who], last = start + --A.leads[who];
    for (i32 at = start; at <= last; at++)
        if (A.led[at] == slot) {
            A.led[at] = A.led[last];
            break;
        }
    A.spare[who]++;
}

void clear_slot(i32 slot) {
    i32 *row = ROW(A.rows, slot);
    for (i32 at = 0; at < row[0]; at++) leave(row[2 + at], slot);
    for (i32 at = 0; at < row[1]; at++) A.place[row[2 + row[0] + at]] = -1;
    total -= A.values[slot];
    row[0] = row[1] = 0;
    A.values[slot] = 0.0;
}

/* Seat a circle in a slot that is empty. */
void seat_row(i32 slot, const i32 *row, f64 value) {
    i32 *own = ROW(A.rows, slot);
    for (i32 at = 0; at < 2 + row[0] + row[1]; at++) own[at] = row[at];
    for (i32 at = 0; at < row[0]; at++) lead(row[2 + at], slot);
    for (i32 at = 0; at < row[1]; at++) A.place[row[2 + row[0] + at]] = slot;
    A.values[slot] = value;
    total += value;
}

/* An empty slot, or -1. */
i32 empty_slot(void) {
    for (i32 step = 0; step < S.slots; step++) {
        i32 slot = last_empty + step < S.slots ? last_empty + step : last_empty + step - S.slots;
        if (A.rows[slot * S.row] == 0 && A.kept[slot * S.width] == -1) {
            last_empty = slot;
            return slot;
        }
    }
    return -1;
}

/* Whether somebody in this circle could not be at it and at another that they have; circles whose
   `away` is set, and the one in slot `skip`, are not asked. */
i32 clashes_on_board(const i32 *row, i32 skip) {
    for (i32 at = 0; at < row[0] + row[1]; at++) {
        i32 who = row[2 + at];
        if (A.seats[who * 2] + A.seats[who * 2 + 1] < 2) continue;
        for (i32 led = 0; led < A.leads[who]; led++) {
            i32 slot = A.led[A.led_at[who] + led];
            if (slot != skip && !A.away[slot] && clash(row, ROW(A.rows, slot))) return 1;
        }
        i32 slot = A.place[who];
        if (slot >= 0 && slot != skip && !A.away[slot] && clash(row, ROW(A.rows, slot))) return 1;
    }
    return 0;
}

void save_best(void) {
    for (i32 at = 0; at < S.slots * S.row; at++) A.best_rows[at] = A.rows[at];
    best_total = total;
}

void take_best(void) {
    for (i32 slot = 0; slot < S.slots; slot++)
        if (A.rows[slot * S.row]) clear_slot(slot);
    total = 0.0;
    for (i32 slot = 0; slot < S.slots; slot++) {
        i32 *row = ROW(A.best_rows, slot);
        if (row[0]) seat_row(slot, row, row_value(row));
    }
}

/* Begin with the circles that Python has laid out in `best_rows`, and nobody else seated. */
EXPORT(begin) void begin(void) {
    S.pupil_count = S.tutor_count = last_empty = 0;
    for (i32 who = 0; who < S.people; who++) {
        A.place[who] = -1;
        A.leads[who] = 0;
        A.spare[who] = A.seats[who * 2 + 1];
        A.led_at[who + 1] = A.led_at[who] + A.spare[who];
        if (A.seats[who * 2]) A.pupils[S.pupil_count++] = who;
        if (A.spare[who]) A.tutors[S.tutor_count++] = who;
    }
    for (i32 slot = 0; slot < S.slots; slot++) A.rows[slot * S.row] = A.rows[slot * S.row + 1] = 0;
    take_best();
    save_best();
}

EXPORT(worth_now) f64 worth_now(void) { return total > best_total ? total : best_total; }
