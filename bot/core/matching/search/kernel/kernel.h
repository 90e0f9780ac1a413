/* What all of the kernel shares. The sizes and arrays are laid out by Python: layout.h is written
   from the one table in arrays.py, which says what each of them holds.

   A circle is a row: how many mentors, how many mentees, then its people without gaps, mentors
   first. A seat is a mentee's number, or a mentor's number plus that of all people. */

#ifndef KERNEL_H
#define KERNEL_H

#include <stdint.h>

typedef int32_t i32;
typedef uint32_t u32;
typedef uint64_t u64;
typedef double f64;

#include "layout.h"

#define EXPORT(name) __attribute__((export_name(#name)))
#define NO (-1e18) /* what breaks a hard rule is worth */
#define MOST_ROW 28 /* the longest row: four mentors, twenty mentees, and how many of each */
#define MOST_KINDS 52
#define MOST_WORDS (MOST_KINDS * 11)
#define FULL_TIME 16
#define FULL_LEVELS (FULL_TIME + 1)

enum { MENTEE, MENTOR };
enum { GOALS, PEERS, HERITAGE, STAGE, LANGUAGE, TIME, WISH, SIZE, TERMS };

/* What somebody is to another, in one word: counts that may be added over a circle of up to 31
   people, then marks that may be joined. NEAR takes seven bits and counts thirds. */
enum { KIN = 0, PEER = 5, HELPS = 10, BEFORE = 15, STATED = 20, BEHIND = 25, NEAR = 30 };
#define COUNTS ((1ull << 37) - 1)
#define BARRED (1ull << 37)
#define WISHED (1ull << 38)
#define ANSWERS 39
#define COUNT(pair, what) ((i32)((pair) >> (what) & 31))

#define WEIGHT(who, seat, term) (A.weights[((who) * 2 + (seat)) * TERMS + (term)])
#define TOTAL(who, seat) (A.totals[(who) * 2 + (seat)])
#define HOURS (S.kinds * S.words)
#define ROW(rows, at) ((rows) + (at) * S.row)

/* score.c */
f64 phi(f64 score);
i32 bits_of(u64 word);
u64 relate(i32 one, i32 other);
i32 lasting(const u64 *common);
i32 times_of(const i32 *who, i32 count);
f64 worth(const i32 *who, i32 mentors, i32 mentees, i32 times);
f64 row_value(const i32 *row);
f64 themes_met(const i32 *who, i32 mentors, i32 one);
i32 clash(const i32 *row, const i32 *other);
i32 barred(i32 one, i32 other);
static inline u64 pair_of(i32 one, i32 other) {
    return S.paired ? A.pairs[one * S.people + other] : relate(one, other);
}

/* chance.c */
u64 bits(void);
i32 below(i32 limit);
f64 share(void);

/* board.c */
extern f64 total;
void seat_row(i32 slot, const i32 *row, f64 value);
void clear_slot(i32 slot);
i32 empty_slot(void);
i32 holds(const i32 *row, i32 who);
i32 clashes_on_board(const i32 *row, i32 skip);
void save_best(void);
void take_best(void);
extern f64 best_total;

/* moves.c */
void acquaint(void);
void anneal(i32 steps, f64 heat, f64 cooling);
void open_circles(void);
void fill(void);

/* master.c */
typedef struct {
    i32 count, most, hashed;
    i32 *rows, *seats, *hash;
    f64 *values, *taken;
} Market;
extern Market whole, some;
extern f64 market_sum;
extern i32 work;
void market_begin(Market *market);
void learn(Market *market, const i32 *row, f64 value);
void settle(Market *market, i32 steps);
f64 above_prices(const Market *market, i32 at);
i32 fits(const Market *market, i32 at);
typedef struct {
    i32 each, likely, nodes, most, teams;
} Look;
i32 look(Market *market, Look how, f64 least);
f64 ceiling(void);
i32 team_count(void);
f64 dive(Market *market, f64 share, Look how);
extern i32 *dived; /* rows that the last dive took */
extern i32 dived_count;
extern u64 shunned;
u64 mark(const i32 *row);

/* proof.c */
f64 prove(i32 work);

/* exchange.c */
void exchange(i32 steps, f64 heat);

/* pricing.c */
typedef struct {
    f64 least;
    i32 each, likely, nodes, share;
    u64 salt;
} Wanted;
extern i32 found, teams_seen, looked, given_up, most_looked;
extern i32 complete; /* whether all circles there can be are known */
void price(const Wanted *wanted);

#endif
