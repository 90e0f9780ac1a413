/* Chance that is the same on every machine: splitmix64. */

#include "kernel.h"

u64 bits(void) {
    u64 mixed = (*A.chance += 0x9E3779B97F4A7C15ull);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31);
}

/* A number from 0 up to, and without, the limit. */
i32 below(i32 limit) { return (i32)(((bits() >> 32) * (u64)limit) >> 32); }

/* A number from 0.0 up to, and without, 1.0. */
f64 share(void) { return (f64)(bits() >> 11) * 0x1p-53; }
