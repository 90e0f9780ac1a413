/* Pricing: the circles that are worth the most above the prices of their seats.

   For each team of mentors who can meet, mentees who fit are taken in one by one, depth first. What
   is known of the company so far counts exactly; of those still to come it is taken that they are
   as good as the company there is for each allows. A branch is given up as soon as not even that
   could make a circle worth its price. */

#include "kernel.h"
#include "company.h"

#define NEVER (-1e17)
#define LEFT(depth) (A.left + (depth) * (S.people + 1))
#define LEFT_TIMES(depth) (A.left_times + (depth) * (S.people + 1))
#define LEFT_GAINS(depth) (A.left_gains + (depth) * (S.people + 1))
#define LEFT_COUNTS(depth) (A.left_counts + (depth) * (S.people + 1))
#define LEFT_MARKS(depth) (A.left_marks + (depth) * (S.people + 1))

i32 found, teams_seen, looked, given_up, most_looked, complete;
static f64 best_above; /* of this team: what no circle of it is worth more than its seats */

static i32 level_of(i32 times) { return times < FULL_TIME ? times : FULL_TIME; }

static i32 times_with(const u64 *rest, i32 one) {
    u64 common[MOST_WORDS];
    const u64 *own = A.starts + one * HOURS;
    for (i32 at = 0; at < HOURS; at++) common[at] = rest[at] & own[at];
    return lasting(common);
}

static i32 speaks_with(const u64 *rest, i32 one) {
    for (i32 word = 0; word < S.languages; word++)
        if (rest[HOURS + word] & A.languages[one * S.languages + word]) return 1;
    return 0;
}

static void join(const u64 *before, i32 one, u64 *after) {
    for (i32 at = 0; at < HOURS; at++) after[at] = before[at] & A.starts[one * HOURS + at];
    for (i32 word = 0; word < S.languages; word++)
        after[HOURS + word] = before[HOURS + word] & A.languages[one * S.languages + word];
}

/* Lay out what the team has in common and who could join it. */
static i32 gather(void) {
    u64 *rest = REST(0);
    for (i32 at = 0; at < HOURS + S.languages; at++) rest[at] = ~0ull;
    for (i32 at = 0; at < mentors; at++) join(rest, who[at], rest);
    i32 near = 0;
    for (i32 at = 0; at < S.open_pupils; at++) {
        i32 one = A.open_mentees[at];
        u64 apart = 0;
        for (i32 lead = 0; lead < mentors; lead++)
            apart |= one == who[lead] ? BARRED : A.pairs[one * S.people + who[lead]];
        if (apart & BARRED) continue;
        i32 times = times_with(rest, one);
        if (times < S.needed || !speaks_with(rest, one)) continue;
        A.fitting[near] = one;
        A.fitting_times[near++] = times;
    }
    return near;
}

/* Keep only so many: who adds most by themes, language and time alone. */
static i32 likeliest(i32 near, i32 wanted) {
    i32 kept = 0;
    f64 *like_of = A.tops;
    for (i32 at = 0; at < near; at++) {
        i32 one = A.fitting[at];
        const f64 *w = A.weights + (one * 2 + MENTEE) * TERMS;
        f64 missing = w[TIME] * (1.0 - level_of(A.fitting_times[at]) / (f64)FULL_TIME);
        if (!may_be_heard(one)) missing += w[LANGUAGE] * 0.6;
        missing += w[GOALS] * (1.0 - themes_met(who, mentors, one));
        f64 best = 100.0 * (1.0 - missing / TOTAL(one, MENTEE));
        f64 like = phi(best > 0.0 ? best : 0.0) - A.prices[one];
        if (kept == wanted && like <= like_of[A.order[kept - 1]]) continue;
        like_of[at] = like;
        i32 place = kept < wanted ? kept++ : kept - 1;
        for (; place > 0 && like_of[A.order[place - 1]] < like; place--)
            A.order[place] = A.order[place - 1];
        A.order[place] = at;
    }
    for (i32 place = 0; place < kept; place++) {
        LEFT(0)[place] = A.fitting[A.order[place]];
        LEFT_TIMES(0)[place] = A.fitting_times[A.order[place]];
    }
    for (i32 place = 0; place < kept; place++) {
        A.fitting[place] = LEFT(0)[place];
        A.fitting_times[place] = LEFT_TIMES(0)[place];
    }
    return kept;
}

/* Keep the circle in `who` if it is good enough; returns what is from now on. */
static f64 keep(const Wanted *wanted, i32 mentees, i32 begun, f64 least) {
    i32 count = mentors + mentees, times = times_of(who, count);
    if (times < 0) return least;
    f64 value = worth(who, mentors, mentees, times), above = value;
    for (i32 at = 0; at < count; at++) above -= A.prices[who[at] + (at < mentors ? S.people : 0)];
    if (above > best_above) best_above = above;
    if (above < least || value <= 0.0) return least;
    i32 to = found;
    if (to - begun >= wanted->each || to >= S.found) {
        if (to == begun) return least;
        i32 worst = begun;
        for (i32 entry = begun + 1; entry < to; entry++)
            if (A.found_above[entry] < A.found_above[worst]) worst = entry;
        if (A.found_above[worst] >= above) {
            return A.found_above[worst] > least ? A.found_above[worst] : least;
        }
        to = worst;
    } else {
        found++;
    }
    i32 *row = ROW(A.found_rows, to);
    A.found_above[to] = above;
    row[0] = mentors, row[1] = mentees;
    for (i32 at = 0; at < count; at++) row[2 + at] = who[at];
    return least;
}

static f64 *tops; /* what the best of those still to choose add */

static void among_tops(f64 gain, i32 wanting) {
    if (!wanting || gain <= tops[wanting - 1]) return;
    i32 slot = wanting - 1;
    for (; slot > 0 && tops[slot - 1] < gain; slot--) tops[slot] = tops[slot - 1];
    tops[slot] = gain;
}

/* Take in mentees one by one, depth first, the most promising first. */
static void descend(const Wanted *wanted, i32 mentees, i32 many) {
    i32 at[MOST_ROW], left[MOST_ROW], chosen[MOST_ROW];
    u64 counts[MOST_ROW][MOST_ROW], marks[MOST_ROW][MOST_ROW];
    f64 base[MOST_ROW], least = wanted->least, branch = 0.0;
    f64 size = A.sizes[mentors * S.mentee_sizes + mentees];
    i32 begun = found, depth = 0, spent = 0;
    tops = A.tops + S.people;
    left[0] = many, at[0] = -1, base[0] = 0.0;
    while (depth >= 0) {
        i32 here = ++at[depth];
        if (here + mentees - depth > left[depth]) {
            depth--;
            continue;
        }
        spent = depth ? spent + 1 : 0;
        if (spent > wanted->nodes) {
            given_up++;
            if (branch > best_above) best_above = branch;
            depth = 0;
            continue;
        }
        looked++;
        if (most_looked && (looked > most_looked || found == S.found)) {
            given_up++;
            return;
        }
        i32 place = LEFT(depth)[here], one = A.fitting[place];
        chosen[depth] = place;
        who[mentors + depth] = one;
        if (depth + 1 == mentees) {
            if (base[depth] + LEFT_GAINS(depth)[here] >= least)
                least = keep(wanted, mentees, begun, least);
            continue;
        }
        i32 wanting = mentees - depth - 1, many_left = 0, longest = 0;
        i32 times = LEFT_TIMES(depth)[here];
        const u64 *pairs = A.pairs + one * S.people;
        for (i32 slot = 0; slot < wanting; slot++) tops[slot] = NEVER;
        join(REST(depth), one, REST(depth + 1));
        for (i32 entry = here + 1; entry < left[depth]; entry++) {
            i32 next = LEFT(depth)[entry], other = A.fitting[next];
            if (pairs[other] & BARRED) continue;
            i32 shared = times_with(REST(depth + 1), other);
            if (shared < S.needed || !speaks_with(REST(depth + 1), other)) continue;
            u64 pair = A.pairs[other * S.people + one];
            u64 known = LEFT_COUNTS(depth)[entry] + (pair & COUNTS);
            u64 marked = LEFT_MARKS(depth)[entry] | pair;
            f64 gain = at_best(next, known, marked, wanting - 1, level_of(shared), size) - A.costs[next];
            LEFT(depth + 1)[many_left] = next;
            LEFT_TIMES(depth + 1)[many_left] = shared;
            LEFT_COUNTS(depth + 1)[many_left] = known;
            LEFT_MARKS(depth + 1)[many_left] = marked;
            LEFT_GAINS(depth + 1)[many_left++] = gain;
            among_tops(gain, wanting);
            if (shared > longest) longest = shared;
        }
        if (many_left < wanting) continue;
        i32 level = level_of(least_of(longest, times));
        f64 most = team_at_best(mentees, depth + 1, chosen, level);
        counts[depth][depth] = LEFT_COUNTS(depth)[here], marks[depth][depth] = LEFT_MARKS(depth)[here];
        for (i32 above = 0; above <= depth; above++) {
            if (above < depth) {
                u64 pair = A.pairs[A.fitting[chosen[above]] * S.people + one];
                counts[depth][above] = counts[depth - 1][above] + (pair & COUNTS);
                marks[depth][above] = marks[depth - 1][above] | pair;
            }
            most += at_best(chosen[above], counts[depth][above], marks[depth][above], wanting, level, size);
        }
        base[depth + 1] = most;
        for (i32 slot = 0; slot < wanting; slot++) most += tops[slot];
        if (most < least) continue;
        if (!depth) branch = most;
        left[++depth] = many_left;
        at[depth] = -1;
    }
}

/* The circles of one team, which stands in front of `who`. */
static void price_team(const Wanted *wanted) {
    teams_seen++;
    best_above = wanted->least > 0.0 ? wanted->least : 0.0;
    i32 near = gather(), times = lasting(REST(0));
    if (near < S.least_mentees) return;
    if (near > wanted->likely) near = likeliest(near, wanted->likely);
    lay_out_team(near);
    for (i32 mentees = S.least_mentees; mentees <= S.most_mentees && mentees <= near; mentees++) {
        i32 many = 0;
        f64 size = A.sizes[mentors * S.mentee_sizes + mentees];
        tops = A.tops + S.people;
        for (i32 slot = 0; slot < mentees; slot++) tops[slot] = NEVER;
        for (i32 at = 0; at < near; at++) {
            if (A.mates[at] < mentees - 1) continue;
            A.costs[at] = cost_of(at, mentees);
            f64 gain = at_best(at, 0, 0, mentees - 1, level_of(A.fitting_times[at]), size) - A.costs[at];
            among_tops(gain, mentees);
            i32 place = many++;
            for (; place > 0 && LEFT_GAINS(0)[place - 1] < gain; place--) {
                LEFT_GAINS(0)[place] = LEFT_GAINS(0)[place - 1];
                LEFT(0)[place] = LEFT(0)[place - 1];
            }
            LEFT_GAINS(0)[place] = gain;
            LEFT(0)[place] = at;
        }
        if (many < mentees) continue;
        for (i32 place = 0; place < many; place++) {
            LEFT_TIMES(0)[place] = A.fitting_times[LEFT(0)[place]];
            LEFT_COUNTS(0)[place] = LEFT_MARKS(0)[place] = 0;
        }
        f64 most = team_at_best(mentees, 0, 0, level_of(times));
        for (i32 slot = 0; slot < mentees; slot++) most += tops[slot];
        if (most >= wanted->least) descend(wanted, mentees, many);
    }
    if (best_above > A.ceilings[who[0]]) A.ceilings[who[0]] = best_above;
}

/* Whether a team is among those that are looked at. */
static i32 drawn(const Wanted *wanted) {
    u64 mixed = wanted->salt;
    for (i32 at = 0; at < mentors; at++) {
        mixed = (mixed ^ (u64)who[at]) * 0x9E3779B97F4A7C15ull;
        mixed ^= mixed >> 29;
        if (at && (i32)(mixed & 1023) >= wanted->share) return 0;
    }
    return 1;
}

/* Look through the teams of those with an open seat. Needs the table of pairs. */
void price(const Wanted *wanted) {
    i32 team[MOST_ROW], lead = 0;
    found = teams_seen = looked = given_up = 0;
    for (i32 one = 0; one < S.people; one++) A.ceilings[one] = 0.0;
    team[0] = -1;
    while (lead >= 0) {
        if (++team[lead] >= S.open_tutors) {
            lead--;
            continue;
        }
        for (i32 at = 0; at <= lead; at++) who[at] = A.open_mentors[team[at]];
        mentors = lead + 1;
        if (times_of(who, mentors) < 0) continue;
        if (mentors >= S.least_mentors && drawn(wanted)) price_team(wanted);
        if (most_looked && (looked + 20 * teams_seen > most_looked || found == S.found)) {
            given_up++;
            return;
        }
        if (mentors < S.most_mentors) {
            team[lead + 1] = team[lead];
            lead++;
        }
    }
}
