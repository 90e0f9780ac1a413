/* What mentees and mentors add to a circle at best: the company so far counts as it is, and those
   still to come are as good as anybody who fits the team. */

#include "company.h"

i32 who[MOST_ROW], mentors;

/* Of each mentor of the team: the others of the team, and the company there is among mentees. */
static u64 lead_counts[MOST_ROW], lead_marks[MOST_ROW], lead_near[MOST_ROW];
static f64 lead_fixed[MOST_ROW];
static i32 lead_kin[MOST_ROW], lead_met[MOST_ROW];

/* Whether somebody's preferred language may be common to the circle. */
i32 may_be_heard(i32 one) {
    for (i32 word = 0; word < S.languages; word++) {
        i32 at = one * S.languages + word;
        if (A.preferred[at] & A.languages[at] & REST(0)[HOURS + word]) return 1;
    }
    return 0;
}

/* What somebody's company is to them: pairs added up, and joined. NEAR holds the closest stage. */
static void meet(i32 one, i32 near, i32 mentee, u64 *counts, u64 *marks, i32 *mates) {
    const u64 *pairs = A.pairs + one * S.people;
    i32 kin = 0, peers = 0, helped = 0, behind = 0, closest = 0, many = 0;
    u64 joined = 0;
    for (i32 at = 0; at < near; at++) {
        i32 other = A.fitting[at];
        u64 pair = pairs[other];
        if (other == one || (mentee && pair & BARRED)) continue;
        many++;
        joined |= pair;
        kin += COUNT(pair, KIN);
        peers += COUNT(pair, PEER);
        helped += COUNT(pair, HELPS);
        behind += COUNT(pair, BEHIND);
        i32 thirds = (i32)(pair >> NEAR & 127);
        if (thirds > closest) closest = thirds;
    }
    *counts = (u64)least_of(kin, 31) << KIN | (u64)least_of(peers, 31) << PEER |
              (u64)least_of(helped, 31) << HELPS | (u64)least_of(behind, 31) << BEHIND |
              (u64)closest << NEAR;
    *marks = joined;
    *mates = many;
}

/* The terms that mentors and mentees have alike. */
static f64 shared_terms(i32 one, i32 seat, i32 kin, u64 marks) {
    f64 terms = WEIGHT(one, seat, HERITAGE) * (kin > 1 ? 1.0 : 0.7 * kin);
    if (marks & WISHED) terms += WEIGHT(one, seat, WISH);
    for (i32 question = 0; question < S.questions; question++)
        if (marks >> (ANSWERS + question) & 1)
            terms += A.question_weights[(one * 2 + seat) * S.questions + question];
    return terms;
}

static f64 scored(f64 terms, i32 one, i32 seat, i32 before) {
    f64 score = 100.0 * terms / TOTAL(one, seat) - 8.0 * before;
    return phi(score > 0.0 ? score : 0.0);
}

/* What the mentee at this place adds at best, less their price: among mentees so far they have this
   company, and so many are still unknown. */
f64 at_best(i32 at, u64 counts, u64 marks, i32 unknown, i32 level, f64 size) {
    i32 one = A.fitting[at];
    const f64 *w = A.weights + (one * 2 + MENTEE) * TERMS;
    u64 company = A.company_counts[at], both = counts + A.team_counts[at];
    i32 kin = COUNT(both, KIN) + least_of(unknown, COUNT(company, KIN));
    i32 peers = COUNT(counts, PEER) + least_of(unknown, COUNT(company, PEER));
    f64 stage = 0.5, closest = (f64)(company >> NEAR & 127) / 3.0;
    i32 stated = COUNT(counts, STATED);
    if (stated) {
        f64 sum = (f64)(counts >> NEAR & 127) / 3.0, mixed = (sum + unknown * closest) / (stated + unknown);
        stage = sum / stated > mixed ? sum / stated : mixed;
    } else if (unknown && closest > 0.5) {
        stage = closest;
    }
    marks |= A.team_marks[at];
    if (unknown) marks |= A.company_marks[at];
    f64 terms = A.fixed[at] + w[SIZE] * size + w[TIME] * level / FULL_TIME + w[STAGE] * stage +
                w[PEERS] * (peers > 1 ? 1.0 : peers / 2.0) + shared_terms(one, MENTEE, kin, marks);
    return scored(terms, one, MENTEE, COUNT(both, BEFORE)) - A.prices[one];
}

/* What the team's mentors add at best, less the prices of their seats; of so many mentees the
   first ones are known. */
f64 team_at_best(i32 mentees, i32 known, const i32 *chosen, i32 level) {
    f64 sum = 0.0;
    i32 unknown = mentees - known;
    for (i32 lead = 0; lead < mentors; lead++) {
        i32 one = who[lead];
        const f64 *w = A.weights + (one * 2 + MENTOR) * TERMS;
        u64 counts = 0, marks = lead_marks[lead], company = lead_counts[lead];
        for (i32 at = 0; at < known; at++) {
            u64 pair = A.pairs[one * S.people + A.fitting[chosen[at]]];
            counts += pair & COUNTS;
            marks |= pair;
        }
        if (unknown) marks |= lead_near[lead];
        i32 kin = COUNT(counts, KIN) + lead_kin[lead] + least_of(unknown, COUNT(company, KIN));
        i32 helped = COUNT(counts, HELPS) + least_of(unknown, COUNT(company, HELPS));
        i32 ahead = least_of(unknown, COUNT(company, BEHIND)), stated = COUNT(counts, STATED);
        f64 stage = stated ? (f64)(COUNT(counts, BEHIND) + ahead) / (stated + ahead) : ahead ? 1.0 : 0.5;
        f64 terms = lead_fixed[lead] + w[TIME] * level / FULL_TIME + w[STAGE] * stage +
                    w[GOALS] * helped / mentees + shared_terms(one, MENTOR, kin, marks);
        i32 before = COUNT(counts, BEFORE) + lead_met[lead];
        sum += 0.5 * (scored(terms, one, MENTOR, before) - 80.0) - A.prices[S.people + one];
    }
    return sum;
}

/* Mentees whom a mentor cannot help, or who are further on, take something away from what the
   mentor adds at best: at least the gentlest slope of phi (1/2) times half. */
f64 cost_of(i32 at, i32 mentees) {
    f64 cost = 0.0;
    for (i32 lead = 0; lead < mentors; lead++) {
        if (lead_met[lead]) continue; /* where a loss may cost nothing below 0 */
        i32 one = who[lead];
        u64 pair = A.pairs[one * S.people + A.fitting[at]];
        const f64 *w = A.weights + (one * 2 + MENTOR) * TERMS;
        f64 lost = COUNT(pair, HELPS) ? 0.0 : w[GOALS];
        if (COUNT(lead_counts[lead], BEHIND) && COUNT(pair, STATED) && !COUNT(pair, BEHIND)) lost += w[STAGE];
        cost += lost * 25.0 / (mentees * TOTAL(one, MENTOR));
    }
    return cost;
}

/* Lay out what each mentee who fits, and each mentor, has in the others. */
void lay_out_team(i32 near) {
    i32 mates;
    for (i32 at = 0; at < near; at++) {
        i32 one = A.fitting[at];
        const f64 *w = A.weights + (one * 2 + MENTEE) * TERMS;
        meet(one, near, 1, A.company_counts + at, A.company_marks + at, A.mates + at);
        A.team_counts[at] = A.team_marks[at] = 0;
        for (i32 lead = 0; lead < mentors; lead++) {
            u64 pair = A.pairs[one * S.people + who[lead]];
            A.team_counts[at] += pair & (31ull << KIN | 31ull << BEFORE);
            A.team_marks[at] |= pair;
        }
        A.fixed[at] = w[LANGUAGE] * (may_be_heard(one) ? 1.0 : 0.4) + w[GOALS] * themes_met(who, mentors, one);
    }
    for (i32 lead = 0; lead < mentors; lead++) {
        i32 one = who[lead], kin = 0, before = 0;
        meet(one, near, 0, lead_counts + lead, lead_near + lead, &mates);
        lead_marks[lead] = 0;
        for (i32 other = 0; other < mentors; other++) {
            if (other == lead) continue;
            u64 pair = A.pairs[one * S.people + who[other]];
            kin += COUNT(pair, KIN);
            before += COUNT(pair, BEFORE);
            lead_marks[lead] |= pair;
        }
        lead_met[lead] = before;
        lead_kin[lead] = kin;
        lead_fixed[lead] = WEIGHT(one, MENTOR, LANGUAGE) * (may_be_heard(one) ? 1.0 : 0.4);
    }
}
