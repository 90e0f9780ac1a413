/* One search from beginning to end, a little at a time, so that whoever watches can be told. */

#include "kernel.h"

#define CHUNK 20000 /* steps of annealing at a time */
#define COLD 1.0
#define ENOUGH 0.01 /* a look that brings fewer circles than this share of those known is the last */
#define LOSS 20.0 /* up to so much worse a choice may be that is put in place: it leads elsewhere */
#define SHUN 0.7 /* how often one of the circles taken apart may not come back */
#define NOISE 0.05 /* by how much prices are changed at random before circles are put together */
#define LAST 300 /* small changes at the end, for each person */
#define ROUND 10000 /* what choosing the circles to be taken apart costs at least */
#define BURST 12 /* so many repairs, one of them a burst of exchanges */
#define STEP 25 /* what an exchange costs, in nodes */
#define HOT 12.0
#define NODES (S.people > 400 ? 300 : 100000) /* below each first mentee, when a bound is begun */
#define CLOSE 1.5e-3 /* a bound that is only by this share above the prices could not get lower */
#define EVERYBODY (1 << 30)

enum { LISTING, ANNEALING, LOOKING, DIVING, REPAIRING, COOLING, BOUNDING, DONE };

static i32 stage, turn, done_work, nodes;
static f64 heat, lowest, kept_sum;

static Look wide(void) {
    Look how = {P.each, P.likely, P.nodes, P.most, P.teams};
    return how;
}

static Look near_by(void) {
    Look how = {P.each, P.likely, P.near_nodes, P.most, P.near_teams};
    return how;
}

/* The seats that are open, beside those that circles which are not locked hold. */
static void open_all(void) {
    for (i32 who = 0; who < S.people; who++) {
        A.capacity[who] = A.seats[who * 2] && A.place[who] < 0;
        A.capacity[S.people + who] = A.spare[who];
    }
}

static void open_slot(i32 slot) {
    const i32 *row = ROW(A.rows, slot);
    for (i32 at = 0; at < row[0] + row[1]; at++)
        A.capacity[row[2 + at] + (at < row[0] ? S.people : 0)]++;
    A.away[slot] = 1;
}

static i32 is_free(i32 slot) { return A.rows[slot * S.row] && A.kept[slot * S.width] == -1; }

static void put(f64 *value) {
    for (i32 slot = 0; slot < S.slots; slot++)
        if (A.away[slot]) {
            clear_slot(slot);
            A.away[slot] = 0;
        }
    for (i32 at = 0; at < dived_count; at++) {
        i32 slot = empty_slot();
        if (slot >= 0) seat_row(slot, ROW(dived, at), row_value(ROW(dived, at)));
    }
    *value = total;
}

static void back(void) {
    for (i32 slot = 0; slot < S.slots; slot++) A.away[slot] = 0;
}

/* Begin with prices: what each seat's best circle is worth, shared out. */
static void first_prices(void) {
    for (i32 at = 0; at < 2 * S.people; at++) A.prices[at] = 0.0;
    for (i32 at = 0; at < whole.count; at++) {
        const i32 *row = ROW(whole.rows, at);
        i32 many = row[0] + row[1];
        for (i32 place = 0; place < many; place++) {
            f64 *price = A.prices + whole.seats[at * S.width + place];
            if (whole.values[at] / many > *price) *price = whole.values[at] / many;
        }
    }
}

static void open_market(void) {
    open_all();
    for (i32 slot = 0; slot < S.slots; slot++)
        if (is_free(slot)) {
            open_slot(slot);
            learn(&whole, ROW(A.rows, slot), A.values[slot]);
        }
    market_sum = total;
}

/* Circles that are related: one, and those whose mentors could best meet its mentees. */
static i32 related(i32 wanted) {
    i32 many = 0, picked = 0;
    for (i32 slot = 0; slot < S.slots; slot++)
        if (is_free(slot)) A.free[many++] = slot;
    if (!many) return 0;
    i32 first = A.free[below(many)];
    const i32 *row = ROW(A.rows, first);
    for (i32 who = 0; who < S.people; who++) A.is_near[who] = 0;
    for (i32 at = 0; at < row[1]; at++)
        for (i32 entry = 0; entry < S.near; entry++) {
            i32 tutor = A.near[row[2 + row[0] + at] * S.near + entry];
            if (tutor >= 0) A.is_near[tutor] = 1;
        }
    for (i32 at = 0; at < many; at++) {
        const i32 *other = ROW(A.rows, A.free[at]);
        A.ranks[at] = share() + (A.free[at] == first ? 1e9 : 0.0);
        for (i32 lead = 0; lead < other[0]; lead++) A.ranks[at] += A.is_near[other[2 + lead]];
    }
    for (; picked < wanted && picked < many; picked++) {
        i32 best = 0;
        for (i32 at = 1; at < many; at++)
            if (A.ranks[at] > A.ranks[best]) best = at;
        A.ranks[best] = -1.0;
        A.chosen[picked] = A.free[best];
    }
    return picked;
}

/* Destroy and repair: some circles are taken apart and put together again at noisy prices. */
static void repair(f64 done) {
    i32 width = P.width / 2 + below(P.width), many = related(width);
    if (!many) {
        done_work = P.work;
        return;
    }
    f64 old = 0.0;
    open_all();
    market_begin(&some);
    shunned = share() < SHUN ? mark(ROW(A.rows, A.chosen[0])) : 0;
    for (i32 at = 0; at < many; at++) {
        open_slot(A.chosen[at]);
        old += A.values[A.chosen[at]];
    }
    for (i32 at = 0; at < many; at++)
        learn(&some, ROW(A.rows, A.chosen[at]), A.values[A.chosen[at]]);
    for (i32 at = 0; at < whole.count; at++)
        if (fits(&whole, at)) learn(&some, ROW(whole.rows, at), whole.values[at]);
    for (i32 seat = 0; seat < 2 * S.people; seat++)
        A.prices[seat] = A.kept_prices[seat] * (1.0 + NOISE * (share() - 0.5));
    market_sum = old;
    work = 0;
    f64 worth = dive(&some, 0.2, near_by()), cold = 1.0 - done;
    shunned = 0;
    for (i32 at = 0; at < dived_count; at++)
        learn(&whole, ROW(dived, at), row_value(ROW(dived, at)));
    if (worth > old - LOSS * cold * cold * share()) {
        f64 now;
        put(&now);
        if (now > best_total + 1e-9) save_best();
    } else {
        back();
    }
    done_work += work + ROUND;
}

/* Look at every team and everybody who fits, ever more carefully, while there is work left. */
static void tighten(void) {
    settle(&whole, 400);
    Look how = {2, EVERYBODY, nodes, 8000, EVERYBODY};
    i32 before = work, many = look(&whole, how, 1e-6);
    f64 now = ceiling(), was = lowest, known = market_sum > total ? market_sum : total;
    if (now < lowest) lowest = now;
    i32 last = work - before;
    if (!given_up && (!many || lowest > was - 0.0005 * known)) stage = DONE;
    if (lowest <= (1.0 + CLOSE) * known) stage = DONE;
    if (given_up) nodes *= 8;
    if (work > P.bound || work + last * (given_up ? 2 : 1) > P.bound) stage = DONE;
}

static void after_cooling(void) {
    fill();
    save_best();
    stage = DONE;
    if (!complete) return;
    for (i32 who = 0; who < S.people; who++) {
        A.capacity[who] = A.seats[who * 2];
        A.capacity[S.people + who] = A.seats[who * 2 + 1];
    }
    lowest = prove(P.proving);
}

/* Know all circles that there can be, if they are few enough. */
static void list_all(void) {
    complete = 0;
    if (!P.listing || !S.paired) return;
    for (i32 slot = 0; slot < S.slots; slot++)
        if (A.kept[slot * S.width] != -1) return;
    for (i32 who = 0; who < S.people; who++) {
        A.capacity[who] = A.seats[who * 2];
        A.capacity[S.people + who] = A.seats[who * 2 + 1];
    }
    for (i32 seat = 0; seat < 2 * S.people; seat++) A.prices[seat] = 0.0;
    Look how = {EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY};
    most_looked = P.listing;
    look(&whole, how, 1e-9);
    most_looked = 0;
    complete = !given_up && found < S.found && S.questions < 24;
    if (!complete) market_begin(&whole);
}

/* A little of the search; returns how much of it is done (0 to 1). */
EXPORT(advance) f64 advance(void) {
    i32 steps = P.steps * S.people;
    switch (stage) {
    case LISTING:
        list_all();
        stage = P.steps ? ANNEALING : LOOKING;
        if (P.steps) open_circles();
        else open_market();
        return 0.01;
    case ANNEALING: {
        i32 now = steps - turn < CHUNK ? steps - turn : CHUNK;
        anneal(now, heat, P.cooling);
        for (i32 step = 0; step < now; step++) heat *= P.cooling;
        turn += now;
        if (total > best_total) save_best();
        if (turn < steps) return 0.1 * turn / (steps + 1.0);
        anneal(steps / 16, 1e-6, 1.0);
        if (total > best_total) save_best();
        take_best();
        if (!S.paired) {
            stage = COOLING;
            return 0.9;
        }
        open_market();
        first_prices();
        turn = 0, stage = LOOKING;
        return 0.1;
    }
    case LOOKING: {
        settle(&whole, 200);
        i32 many = look(&whole, wide(), 1e-6);
        if (++turn >= P.looks || many < ENOUGH * whole.count) {
            settle(&whole, 200);
            for (i32 seat = 0; seat < 2 * S.people; seat++) A.kept_prices[seat] = A.prices[seat];
            kept_sum = market_sum;
            stage = DIVING;
        }
        return 0.1 + 0.25 * turn / P.looks;
    }
    case DIVING: {
        f64 old = 0.0, now;
        for (i32 slot = 0; slot < S.slots; slot++)
            if (A.away[slot]) old += A.values[slot];
        market_begin(&some);
        for (i32 at = 0; at < whole.count; at++)
            learn(&some, ROW(whole.rows, at), whole.values[at]);
        if (P.diving && dive(&some, P.share, wide()) > old) {
            put(&now);
            fill();
        } else {
            back();
        }
        if (total > best_total) save_best();
        done_work = turn = 0, stage = REPAIRING;
        return 0.6;
    }
    case REPAIRING:
        if (done_work < P.work) {
            if (turn++ % BURST == 0) {
                for (i32 seat = 0; seat < 2 * S.people; seat++) A.prices[seat] = A.kept_prices[seat];
                exchange(P.exchanges, HOT * (1.0 - (f64)done_work / P.work));
                done_work += P.exchanges * STEP;
            } else {
                repair((f64)done_work / P.work);
            }
            return done_work < P.work ? 0.6 + 0.3 * done_work / P.work : 0.9;
        }
        take_best();
        stage = COOLING;
        return 0.9;
    case COOLING:
        open_circles();
        anneal(LAST * S.people, 1e-6, 1.0);
        after_cooling();
        return stage == DONE ? 1.0 : 0.92;
    case BOUNDING:
        tighten();
        return stage == DONE ? 1.0 : 0.95;
    default:
        return 1.0;
    }
}

/* Lay out a new search over what has been begun. */
EXPORT(set_out) void set_out(void) {
    market_begin(&whole);
    acquaint();
    turn = 0, lowest = 1e300, heat = P.heat, work = 0;
    stage = S.pupil_count && S.tutor_count ? LISTING : DONE;
}

/* Go on putting circles together again, from the best arrangement so far. */
EXPORT(go_on) void go_on(void) {
    done_work = turn = 0;
    if (stage != DONE || !S.paired || lowest <= best_total + 1e-6) return;
    if (S.pupil_count && S.tutor_count) stage = REPAIRING;
}

/* Only work out a bound, from the prices that the search has left. */
EXPORT(set_out_bound) void set_out_bound(void) {
    stage = DONE;
    if (!S.paired || complete || !S.pupil_count || !S.tutor_count) return;
    take_best();
    for (i32 slot = 0; slot < S.slots; slot++)
        if (A.rows[slot * S.row] && !is_free(slot)) return;
    for (i32 seat = 0; seat < 2 * S.people; seat++) A.prices[seat] = A.kept_prices[seat];
    open_market();
    market_sum = kept_sum;
    if (team_count() > P.bound / 100) return;
    nodes = NODES, work = 0, stage = BOUNDING;
}

EXPORT(bound) f64 bound(void) { return lowest; }

/* Only seat those who wait where there is room. */
EXPORT(top_up) void top_up(void) {
    fill();
    save_best();
}
