/* Where Python writes the sizes, the plan and the places of the arrays. */

#include "kernel.h"

struct Sizes S;
struct Plan P;
struct Arrays A;

EXPORT(sizes_at) struct Sizes *sizes_at(void) { return &S; }
EXPORT(plan_at) struct Plan *plan_at(void) { return &P; }
EXPORT(arrays_at) struct Arrays *arrays_at(void) { return &A; }

void *memcpy(void *to, const void *from, unsigned long many) {
    for (unsigned long at = 0; at < many; at++) ((volatile char *)to)[at] = ((const char *)from)[at];
    return to;
}

void *memset(void *to, int value, unsigned long many) {
    for (unsigned long at = 0; at < many; at++) ((volatile char *)to)[at] = (char)value;
    return to;
}

extern unsigned char __heap_base;
EXPORT(heap_at) i32 heap_at(void) { return ((i32)(uintptr_t)&__heap_base + 15) & ~15; }
