/* What a team's company is worth at best: shared by company.c and pricing.c. */

#ifndef COMPANY_H
#define COMPANY_H

#include "kernel.h"

#define REST(depth) (A.rest + (depth) * (HOURS + S.languages))

extern i32 who[MOST_ROW], mentors; /* the circle that is looked at, its mentors first */

static inline i32 least_of(i32 one, i32 other) { return one < other ? one : other; }

i32 may_be_heard(i32 one);
void lay_out_team(i32 near);
f64 at_best(i32 at, u64 counts, u64 marks, i32 unknown, i32 level, f64 size);
f64 team_at_best(i32 mentees, i32 known, const i32 *chosen, i32 level);
f64 cost_of(i32 at, i32 mentees);

#endif
