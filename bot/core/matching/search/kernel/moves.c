/* Annealing: many small changes. A move writes the circles it touches to a trial, which is judged
   and then made or forgotten. */

#include "kernel.h"

#define MOST_TOUCHED 10

static i32 touched[MOST_TOUCHED], count;
static i32 trial[MOST_TOUCHED][MOST_ROW];
static f64 trial_values[MOST_TOUCHED];

/* The trial's row of this circle; 0 if it may not change or the trial is full. */
static i32 *touch(i32 slot) {
    for (i32 at = 0; at < count; at++)
        if (touched[at] == slot) return trial[at];
    if (slot < 0 || count == MOST_TOUCHED || A.kept[slot * S.width] == -2) return 0;
    const i32 *row = ROW(A.rows, slot);
    for (i32 at = 0; at < 2 + row[0] + row[1]; at++) trial[count][at] = row[at];
    touched[count] = slot;
    return trial[count++];
}

static i32 in_trial(i32 slot) {
    for (i32 at = 0; at < count; at++)
        if (touched[at] == slot) return 1;
    return 0;
}

static void drop(i32 *row, i32 who) {
    i32 many = row[0] + row[1], at = 0;
    while (at < many && row[2 + at] != who) at++;
    if (at == many) return;
    for (i32 next = at + 1; next < many; next++) row[1 + next] = row[2 + next];
    row[at < row[0] ? 0 : 1]--;
}

static i32 add_mentee(i32 *row, i32 who) {
    if (row[1] >= S.most_mentees) return 0;
    row[2 + row[0] + row[1]++] = who;
    return 1;
}

static i32 add_mentor(i32 *row, i32 who) {
    if (row[0] >= S.most_mentors) return 0;
    for (i32 at = row[0] + row[1]; at > row[0]; at--) row[2 + at] = row[1 + at];
    row[2 + row[0]++] = who;
    return 1;
}

static i32 keeps(i32 slot, const i32 *row) {
    const i32 *kept = A.kept + slot * S.width;
    for (i32 at = 0; at < S.width && kept[at] >= 0; at++)
        if (!holds(row, kept[at])) return 0;
    return 1;
}

static i32 torn(void) {
    for (i32 at = 0; at < count; at++) A.away[touched[at]] = 1;
    i32 found = 0;
    for (i32 at = 0; at < count && !found; at++) {
        found = clashes_on_board(trial[at], -1);
        for (i32 other = 0; other < at && !found; other++)
            for (i32 place = 0; place < trial[at][0] + trial[at][1] && !found; place++)
                if (holds(trial[other], trial[at][2 + place])) found = clash(trial[at], trial[other]);
    }
    for (i32 at = 0; at < count; at++) A.away[touched[at]] = 0;
    return found;
}

/* How much more the arrangement is worth with the trial; NO if it breaks a rule. */
static f64 judge(void) {
    f64 gain = 0.0;
    for (i32 at = 0; at < count; at++) {
        if (!keeps(touched[at], trial[at])) return NO;
        trial_values[at] = trial[at][0] + trial[at][1] ? row_value(trial[at]) : 0.0;
        if (trial_values[at] == NO) return NO;
        gain += trial_values[at] - A.values[touched[at]];
    }
    return gain;
}

static i32 commit(void) {
    if (torn()) return 0;
    for (i32 at = 0; at < count; at++) clear_slot(touched[at]);
    for (i32 at = 0; at < count; at++)
        if (trial[at][0]) seat_row(touched[at], trial[at], trial_values[at]);
    return 1;
}

/* ---- Whom to move where ------------------------------------------------------------------------ */

static i32 some_pupil(void) { return A.pupils[below(S.pupil_count)]; }
static i32 some_tutor(void) { return A.tutors[below(S.tutor_count)]; }

static i32 near(i32 pupil) {
    i32 tutor = A.near[pupil * S.near + below(S.near)];
    return tutor >= 0 ? tutor : A.near[pupil * S.near];
}

static i32 led_by(i32 tutor) {
    if (tutor < 0 || !A.leads[tutor]) return -1;
    return A.led[A.led_at[tutor] + below(A.leads[tutor])];
}

static i32 some_circle(void) {
    for (i32 turn = 0; turn < 4; turn++) {
        i32 slot = led_by(some_tutor());
        if (slot >= 0) return slot;
    }
    return -1;
}

/* A pupil who could sit with this tutor, or -1. */
static i32 within_reach(i32 tutor) {
    i32 pupil = A.reach[tutor * S.reach + below(S.reach)];
    return pupil >= 0 ? pupil : A.reach[tutor * S.reach];
}

/* Somebody who has lost a place goes to another circle with room. */
static void settle_elsewhere(i32 who, i32 turns) {
    for (i32 turn = 0; turn < turns; turn++) {
        i32 slot = led_by(near(who));
        if (slot < 0 || in_trial(slot) || A.rows[slot * S.row + 1] >= S.most_mentees) continue;
        i32 row[MOST_ROW];
        const i32 *own = ROW(A.rows, slot);
        for (i32 at = 0; at < 2 + own[0] + own[1]; at++) row[at] = own[at];
        add_mentee(row, who);
        if (times_of(row + 2, row[0] + row[1]) < 0) continue;
        i32 *there = touch(slot);
        if (there) add_mentee(there, who);
        return;
    }
}

/* A pupil joins a circle they are near, or takes somebody's place there. */
static i32 move_pupil(void) {
    i32 who = some_pupil(), slot = led_by(near(who)), origin = A.place[who];
    if (slot < 0 || slot == origin) return 0;
    i32 *there = touch(slot), *here = origin >= 0 ? touch(origin) : 0;
    if (!there || (origin >= 0 && !here) || holds(there, who)) return 0;
    if (here) drop(here, who);
    if (there[1] < S.most_mentees && below(2)) {
        add_mentee(there, who);
        if (here && here[1] < S.least_mentees) {
            i32 other = within_reach(here[2]);
            if (other < 0 || holds(here, other) || holds(there, other)) return 0;
            i32 from = A.place[other];
            if (from >= 0) {
                i32 *row = touch(from);
                if (!row) return 0;
                drop(row, other);
            }
            add_mentee(here, other);
        }
        return 1;
    }
    i32 other = there[2 + there[0] + below(there[1])];
    drop(there, other);
    add_mentee(there, who);
    if (here && below(3)) {
        if (!holds(here, other)) add_mentee(here, other);
    } else {
        settle_elsewhere(other, 3);
    }
    return 1;
}

/* A mentor joins a circle, leaves it, or takes another's place there. */
static i32 move_tutor(void) {
    i32 slot = some_circle();
    i32 *here = touch(slot);
    if (!here) return 0;
    if (here[0] > S.least_mentors && below(4) == 0) {
        drop(here, here[2 + below(here[0])]);
        return 1;
    }
    i32 tutor = below(2) ? some_tutor() : near(here[2 + here[0] + below(here[1])]);
    if (tutor < 0 || holds(here, tutor)) return 0;
    i32 old = -1;
    if (here[0] == S.most_mentors || below(2)) {
        old = here[2 + below(here[0])];
        drop(here, old);
    }
    add_mentor(here, tutor);
    if (A.spare[tutor] > 0) return 1;
    i32 *there = touch(led_by(tutor));
    if (!there || there == here) return 0;
    drop(there, tutor);
    if (there[0] >= S.least_mentors && below(2)) return 1;
    if (old >= 0 && !holds(there, old)) return add_mentor(there, old);
    return there[0] >= S.least_mentors;
}

/* A mentor opens a circle with pupils who wait or can be spared. */
static i32 open_with(i32 tutor) {
    i32 slot = empty_slot();
    if (slot < 0) return 0;
    if (!A.spare[tutor]) {
        i32 *left = touch(led_by(tutor));
        if (!left || left[0] <= S.least_mentors) return 0;
        drop(left, tutor);
    }
    i32 *row = touch(slot);
    if (!row) return 0;
    row[0] = row[1] = 0;
    add_mentor(row, tutor);
    while (row[0] < S.least_mentors) {
        i32 partner = some_tutor();
        if (!A.spare[partner] || holds(row, partner) || barred(tutor, partner)) return 0;
        add_mentor(row, partner);
    }
    i32 wanted = S.least_mentees + below(3);
    if (wanted > S.most_mentees) wanted = S.most_mentees;
    for (i32 turn = 0; turn < 2; turn++) {
        i32 offset = below(S.reach);
        for (i32 step = 0; step < S.reach && row[1] < wanted; step++) {
            i32 at = offset + step < S.reach ? offset + step : offset + step - S.reach;
            i32 who = A.reach[tutor * S.reach + at];
            if (who < 0 || (A.place[who] < 0) == turn || holds(row, who)) continue;
            if (turn && row[1] >= S.least_mentees) break;
            row[2 + row[0] + row[1]] = who;
            if (times_of(row + 2, row[0] + row[1] + 1) < 0) continue;
            if (turn) {
                i32 *left = touch(A.place[who]);
                if (!left || left[1] <= S.least_mentees) continue;
                drop(left, who);
            }
            row[1]++;
        }
    }
    return row[1] >= S.least_mentees;
}

/* A circle ends; its mentees go where there is room. */
static i32 close_circle(void) {
    i32 slot = some_circle();
    i32 *here = touch(slot);
    if (!here) return 0;
    i32 many = here[1], people[MOST_ROW];
    for (i32 at = 0; at < many; at++) people[at] = here[2 + here[0] + at];
    here[0] = here[1] = 0;
    for (i32 at = 0; at < many; at++) settle_elsewhere(people[at], 6);
    return 1;
}

static i32 propose(void) {
    count = 0;
    i32 roll = below(100);
    if (roll < 80) return move_pupil();
    if (roll < 95) return move_tutor();
    return roll < 98 ? open_with(some_tutor()) : close_circle();
}

/* About exp(-loss). */
static f64 survives(f64 loss) {
    if (loss > 16.0) return 0.0;
    f64 grown = 1.0 + loss / 64.0;
    for (i32 turn = 0; turn < 6; turn++) grown *= grown;
    return 1.0 / grown;
}

/* So many steps, cooling by this factor after each. Circles that come about once it is mild are
   known from then on. */
void anneal(i32 steps, f64 heat, f64 cooling) {
    if (!S.pupil_count || !S.tutor_count) return;
    for (i32 step = 0; step < steps; step++) {
        heat *= cooling;
        if (!propose()) continue;
        f64 gain = judge();
        if (gain == NO || (gain < 0.0 && share() >= survives(-gain / heat))) continue;
        if (!commit()) continue;
        if (heat < 5.0 && heat > 0.01)
            for (i32 at = 0; at < count; at++)
                if (trial[at][0] && whole.count < S.seen) learn(&whole, trial[at], trial_values[at]);
    }
}

/* ---- Before and after -------------------------------------------------------------------------- */

/* A rough guess of what this pair is worth, to look at likely company first. */
static f64 likes(i32 pupil, i32 tutor) {
    i32 met = 0, times = 0;
    for (i32 word = 0; word < S.themes; word++)
        met += bits_of(A.seeks[pupil * S.themes + word] & A.offers[tutor * S.themes + word]);
    for (i32 at = 0; at < S.words; at++)
        times += bits_of(A.starts[pupil * HOURS + at] & A.starts[tutor * HOURS + at]);
    i32 sought = A.sought[pupil] ? A.sought[pupil] : 1;
    return 30.0 * met / sought + 0.5 * (times < 60 ? times : 60);
}

/* Fill one list: half the likeliest company, half any that fits. */
static void fill_list(i32 one, const i32 *others, i32 many, i32 *list, i32 width, i32 pupil) {
    i32 best = 0, seen = 0, half = width / 2, looks = many < 3000 ? many : 3000;
    i32 offset = below(many);
    for (i32 at = 0; at < width; at++) list[at] = -1;
    for (i32 step = 0; step < looks; step++) {
        i32 at = offset + step < many ? offset + step : offset + step - many;
        i32 other = others[at];
        if (other == one || barred(one, other)) continue;
        f64 like = pupil ? likes(one, other) : likes(other, one);
        if (best < half) {
            A.likes[best] = like;
            list[best++] = other;
            continue;
        }
        i32 least = 0, moved = other;
        for (i32 place = 1; place < half; place++)
            if (A.likes[place] < A.likes[least]) least = place;
        if (like > A.likes[least]) {
            moved = list[least];
            list[least] = other;
            A.likes[least] = like;
        }
        if (seen < width - half) {
            list[half + seen] = moved;
        } else {
            i32 place = below(seen + 1);
            if (place < width - half) list[half + place] = moved;
        }
        seen++;
    }
}

void acquaint(void) {
    if (!S.pupil_count || !S.tutor_count) return;
    for (i32 at = 0; at < S.pupil_count; at++) {
        i32 who = A.pupils[at];
        fill_list(who, A.tutors, S.tutor_count, A.near + who * S.near, S.near, 1);
    }
    for (i32 at = 0; at < S.tutor_count; at++) {
        i32 who = A.tutors[at];
        fill_list(who, A.pupils, S.pupil_count, A.reach + who * S.reach, S.reach, 0);
    }
}

/* Every mentor opens what circles they can, if that gains anything. */
void open_circles(void) {
    for (i32 at = 0; at < S.tutor_count; at++)
        for (i32 turn = A.spare[A.tutors[at]]; turn > 0; turn--) {
            count = 0;
            if (open_with(A.tutors[at]) && judge() > 1e-9) commit();
        }
}

/* Whoever waits goes to the circle where they add most, while anybody adds anything. Every circle
   is looked at, so that whoever still waits does so for a reason. */
void fill(void) {
    for (i32 again = 1; again;) {
        again = 0;
        for (i32 at = 0; at < S.pupil_count; at++) {
            i32 who = A.pupils[at], best = -1;
            if (A.place[who] >= 0) continue;
            f64 best_gain = 1e-9;
            for (i32 slot = 0; slot < S.slots; slot++) {
                const i32 *row = ROW(A.rows, slot);
                if (!row[0] || row[1] >= S.most_mentees || holds(row, who)) continue;
                if (barred(who, row[2])) continue;
                count = 0;
                i32 *there = touch(slot);
                if (!there || !add_mentee(there, who)) continue;
                f64 gain = judge();
                if (gain > best_gain && !torn()) best = slot, best_gain = gain;
            }
            if (best < 0) continue;
            count = 0;
            add_mentee(touch(best), who);
            judge();
            again |= commit();
        }
    }
}
