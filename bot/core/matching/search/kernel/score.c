/* What a circle is worth, from words of bits. Equal to the readable scorer. */

#include "kernel.h"

f64 phi(f64 score) {
    if (score <= 40.0) return 1.5 * score;
    return score <= 60.0 ? 20.0 + score : 50.0 + 0.5 * score;
}

i32 bits_of(u64 word) { return (i32)__builtin_popcountll(word); }

static i32 shares(const u64 *masks, i32 words, i32 one, i32 other, i32 from, i32 to) {
    for (i32 at = from; at < to; at++)
        if (masks[one * words + at] & masks[other * words + at]) return 1;
    return 0;
}

static i32 named(const i32 *ends, const i32 *list, i32 one, i32 other) {
    for (i32 at = ends[one]; at < ends[one + 1]; at++)
        if (list[at] == other) return 1;
    return 0;
}

/* Whether two could sit in one circle, as far as hours and languages go. */
static i32 may_meet(i32 one, i32 other) {
    u64 common[MOST_WORDS];
    if (!shares(A.languages, S.languages, one, other, 0, S.languages)) return 0;
    for (i32 at = 0; at < HOURS; at++)
        common[at] = A.starts[one * HOURS + at] & A.starts[other * HOURS + at];
    return lasting(common) >= S.needed;
}

/* Whether two may never sit together. */
i32 barred(i32 one, i32 other) {
    if (S.paired) return (A.pairs[one * S.people + other] & BARRED) != 0;
    return named(A.barred_at, A.barred, one, other) || !may_meet(one, other);
}

/* What somebody is to another. */
u64 relate(i32 one, i32 other) {
    u64 pair = 0;
    if (named(A.barred_at, A.barred, one, other) || !may_meet(one, other)) pair |= BARRED;
    if (named(A.before_at, A.before, one, other)) pair |= 1ull << BEFORE;
    if (named(A.wished_at, A.wished, one, other)) pair |= WISHED;
    if (shares(A.heritage, S.tags, one, other, 0, S.tags)) pair |= 1ull << KIN;
    if (shares(A.seeks, S.themes, one, other, 0, S.themes)) pair |= 1ull << PEER;
    for (i32 at = 0; at < S.themes; at++)
        if (A.offers[one * S.themes + at] & A.seeks[other * S.themes + at]) pair |= 1ull << HELPS;
    if (A.stage[one] >= 0 && A.stage[other] >= 0) {
        i32 between = A.stage[other] - A.stage[one];
        pair |= 1ull << STATED;
        if (between <= 0) pair |= 1ull << BEHIND;
        if (between < 0) between = -between;
        if (between < 3) pair |= (u64)(3 - between) << NEAR;
    }
    for (i32 question = 0; question < S.questions; question++)
        if (shares(A.answers, S.answers, one, other, A.question_at[question],
                   A.question_at[question + 1]))
            pair |= 1ull << (ANSWERS + question);
    return pair;
}

/* The smallest count of starts by week, once the spare weeks are left out. */
i32 lasting(const u64 *common) {
    i32 counts[MOST_KINDS];
    for (i32 kind = 0; kind < S.kinds; kind++) {
        i32 count = 0;
        for (i32 at = kind * S.words; at < (kind + 1) * S.words; at++) count += bits_of(common[at]);
        counts[kind] = count;
    }
    i32 left = S.spare_weeks;
    for (;;) {
        i32 least = 0;
        for (i32 kind = 1; kind < S.kinds; kind++)
            if (counts[kind] < counts[least]) least = kind;
        left -= A.weeks[least];
        if (left < 0 || counts[least] == 1 << 20) return counts[least];
        counts[least] = 1 << 20;
    }
}

static void common_hours(const i32 *who, i32 count, u64 *common) {
    const u64 *first = A.starts + who[0] * HOURS;
    for (i32 at = 0; at < HOURS; at++) common[at] = first[at];
    for (i32 one = 1; one < count; one++) {
        const u64 *other = A.starts + who[one] * HOURS;
        for (i32 at = 0; at < HOURS; at++) common[at] &= other[at];
    }
}

/* How many lasting starts these share, or -1 if a hard rule keeps them apart. */
i32 times_of(const i32 *who, i32 count) {
    for (i32 at = 1; at < count; at++)
        for (i32 other = 0; other < at; other++)
            if (who[at] == who[other] || barred(who[at], who[other])) return -1;
    u64 spoken = 0;
    for (i32 word = 0; word < S.languages; word++) {
        u64 common = A.languages[who[0] * S.languages + word];
        for (i32 at = 1; at < count; at++) common &= A.languages[who[at] * S.languages + word];
        spoken |= common;
    }
    if (!spoken) return -1;
    u64 common[MOST_WORDS];
    common_hours(who, count, common);
    i32 times = lasting(common);
    return times < S.needed ? -1 : times;
}

/* The share of somebody's sought themes that the mentors offer. */
f64 themes_met(const i32 *who, i32 mentors, i32 one) {
    i32 met = 0;
    for (i32 word = 0; word < S.themes; word++) {
        u64 offered = 0;
        for (i32 at = 0; at < mentors; at++) offered |= A.offers[who[at] * S.themes + word];
        met += bits_of(A.seeks[one * S.themes + word] & offered);
    }
    return A.sought[one] ? (f64)met / A.sought[one] : 0.0;
}

static i32 heard(const i32 *who, i32 count) {
    i32 places = 0;
    for (i32 word = 0; word < S.languages; word++) {
        u64 common = A.languages[who[0] * S.languages + word];
        for (i32 at = 1; at < count; at++) common &= A.languages[who[at] * S.languages + word];
        for (i32 at = 0; at < count; at++)
            if (A.preferred[who[at] * S.languages + word] & common) places |= 1 << at;
    }
    return places;
}

static f64 score(const i32 *who, i32 mentors, i32 count, i32 at, f64 time, i32 listening) {
    i32 one = who[at], seat = at < mentors ? MENTOR : MENTEE;
    u64 leading = 0, learning = 0, marks = 0;
    for (i32 place = 0; place < count; place++) {
        if (place == at) continue;
        u64 pair = pair_of(one, who[place]);
        marks |= pair;
        if (place < mentors) leading += pair & COUNTS;
        else learning += pair & COUNTS;
    }
    u64 both = leading + learning;
    const f64 *w = A.weights + (one * 2 + seat) * TERMS;
    i32 stated = COUNT(learning, STATED), kin = COUNT(both, KIN);
    f64 total = w[TIME] * time + w[LANGUAGE] * (listening >> at & 1 ? 1.0 : 0.4), stages;
    if (seat == MENTOR) {
        total += w[GOALS] * COUNT(learning, HELPS) / (count - mentors);
        stages = COUNT(learning, BEHIND);
    } else {
        i32 peers = COUNT(learning, PEER);
        total += w[GOALS] * themes_met(who, mentors, one);
        total += w[PEERS] * (peers > 1 ? 1.0 : peers / 2.0);
        total += w[SIZE] * A.sizes[mentors * S.mentee_sizes + count - mentors];
        stages = (f64)(learning >> NEAR & 127) / 3;
    }
    total += w[STAGE] * (stated ? stages / stated : 0.5);
    total += w[HERITAGE] * (kin > 1 ? 1.0 : 0.7 * kin);
    if (marks & WISHED) total += w[WISH];
    for (i32 question = 0; question < S.questions; question++)
        if (marks >> (ANSWERS + question) & 1)
            total += A.question_weights[(one * 2 + seat) * S.questions + question];
    f64 found = 100.0 * total / TOTAL(one, seat) - 8.0 * COUNT(both, BEFORE);
    return found > 0.0 ? found : 0.0;
}

/* What a possible circle is worth. */
f64 worth(const i32 *who, i32 mentors, i32 mentees, i32 times) {
    i32 count = mentors + mentees, listening = heard(who, count);
    f64 time = times >= FULL_TIME ? 1.0 : (f64)times / FULL_TIME, value = 0.0;
    for (i32 at = 0; at < count; at++) {
        f64 counted = phi(score(who, mentors, count, at, time, listening));
        value += at < mentors ? 0.5 * (counted - 80.0) : counted;
    }
    return value;
}

/* What a circle is worth; NO if it breaks a rule. */
f64 row_value(const i32 *row) {
    if (row[0] < S.least_mentors || row[0] > S.most_mentors) return NO;
    if (row[1] < S.least_mentees || row[1] > S.most_mentees) return NO;
    i32 times = times_of(row + 2, row[0] + row[1]);
    return times < 0 ? NO : worth(row + 2, row[0], row[1], times);
}

/* Whether a session fits at a start of one and another at a start of the other. */
static i32 apart(const u64 *one, const u64 *other) {
    i32 week = 672, length = S.session;
    for (i32 first = 0; first < week; first++) {
        if (!(one[first >> 6] >> (first & 63) & 1)) continue;
        for (i32 by = length; by <= week - length; by++) {
            i32 second = first + by < week ? first + by : first + by - week;
            if (other[second >> 6] >> (second & 63) & 1) return 1;
        }
    }
    return 0;
}

/* Whether nobody could be at both of two circles. */
i32 clash(const i32 *row, const i32 *other) {
    u64 here[MOST_WORDS], there[MOST_WORDS];
    common_hours(row + 2, row[0] + row[1], here);
    common_hours(other + 2, other[0] + other[1], there);
    i32 left = S.spare_weeks;
    for (i32 kind = 0; kind < S.kinds; kind++)
        if (!apart(here + kind * S.words, there + kind * S.words)) left -= A.weeks[kind];
    return left < 0;
}

/* Fill the table of what each is to each. */
EXPORT(relate_all) void relate_all(void) {
    if (!S.paired) return;
    for (i32 one = 0; one < S.people; one++)
        for (i32 other = 0; other < S.people; other++)
            A.pairs[one * S.people + other] = relate(one, other);
}

/* The value of the row that Python has laid out. */
EXPORT(value) f64 value(void) { return row_value(A.asked); }

EXPORT(clashing) i32 clashing(void) { return clash(A.asked, A.asked + S.row); }
