/* How fast can it go? The rules for fixed pools in C, on the same women, with nothing else.

   Offer, acceptance, admission, waiting by referral, limits, stays, turnaround: sections 1-5 and 8 of the rules in
   sim/engine/__init__.py. No flexible places, no places bought elsewhere, no plans, no year by year days. Times are
   days in doubles; ties are ordered by kind and number as everywhere. Gives outcome, pool, admission and discharge. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { PLACE_FREE, LIMIT, N_KINDS };
enum { NOT_OFFERED, DECLINED, GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED, WAITING, COMPLETED, LEFT_EARLY, IN_STAY };

typedef struct { double day; int32_t kind, woman; } event;

typedef struct {
    int64_t n_replications, n_pools;
    const int64_t *first, *municipality, *household;
    const double *referral, *pregnancy_end, *offer, *threshold, *patience, *stay, *early;
    const uint8_t *is_lost, *waits_past_birth;
    double horizon, offered_share, turnaround;
    const int64_t *pool_order, *places; /* [municipality][pool], [pool] */
    const double *acceptance;           /* [2][municipality][pool] */
    int64_t n_municipalities;
    int64_t *outcome, *pool;
    double *admission, *discharge;
} game;

static int before(event a, event b) {
    if (a.day != b.day) return a.day < b.day;
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.woman < b.woman;
}

static void push(event *heap, int *length, event e) {
    int i = (*length)++;
    while (i > 0 && before(e, heap[(i - 1) / 2])) { heap[i] = heap[(i - 1) / 2]; i = (i - 1) / 2; }
    heap[i] = e;
}

static event pop(event *heap, int *length) {
    event top = heap[0], last = heap[--*length];
    int i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= *length) break;
        if (child + 1 < *length && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], last)) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

static void move_in(const game *g, event *heap, int *length, int64_t w, int64_t p, double now) {
    double end = fmax(now, g->pregnancy_end[w]) + g->stay[w], own = now + g->early[w];
    double leaves = fmin(end, own);
    g->pool[w] = p;
    g->admission[w] = now;
    if (leaves >= g->horizon) { g->outcome[w] = IN_STAY; return; }
    g->outcome[w] = own < end ? LEFT_EARLY : COMPLETED;
    g->discharge[w] = leaves;
    if (leaves + g->turnaround < g->horizon)
        push(heap, length, (event){leaves + g->turnaround, PLACE_FREE, (int32_t)w});
}

static int accepts(const game *g, int64_t w, int64_t p) {
    int64_t row = ((g->household[w] != 0) * g->n_municipalities + g->municipality[w]) * g->n_pools + p;
    return g->threshold[w] < g->acceptance[row];
}

void play(const game *g) {
    int64_t most = 0;
    for (int64_t r = 0; r < g->n_replications; r++)
        if (g->first[r + 1] - g->first[r] > most) most = g->first[r + 1] - g->first[r];
    event *heap = malloc(sizeof(event) * (2 * most + 2));
    int32_t *queue = malloc(sizeof(int32_t) * (most + 1));
    int64_t *free_places = malloc(sizeof(int64_t) * g->n_pools);
    for (int64_t r = 0; r < g->n_replications; r++) {
        int length = 0, n_queue = 0;
        for (int64_t p = 0; p < g->n_pools; p++) free_places[p] = g->places[p];
        int64_t w = g->first[r];
        for (;;) {
            int is_referral = w < g->first[r + 1] && (length == 0 || g->referral[w] < heap[0].day);
            if (!is_referral && length == 0) break;
            if (is_referral) {
                const int64_t *order = g->pool_order + g->municipality[w] * g->n_pools;
                int is_willing = 0;
                g->pool[w] = -1;
                if (!(g->offer[w] < g->offered_share)) { g->outcome[w++] = NOT_OFFERED; continue; }
                g->outcome[w] = DECLINED;
                for (int64_t i = 0; i < g->n_pools && order[i] >= 0; i++) {
                    if (!accepts(g, w, order[i])) continue;
                    is_willing = 1;
                    if (free_places[order[i]] > 0) {
                        free_places[order[i]]--;
                        move_in(g, heap, &length, w, order[i], g->referral[w]);
                        is_willing = 0;
                        break;
                    }
                }
                if (is_willing) {
                    double limit = g->referral[w] + g->patience[w];
                    if (g->is_lost[w] || !g->waits_past_birth[w]) limit = fmin(limit, g->pregnancy_end[w]);
                    g->outcome[w] = WAITING;
                    queue[n_queue++] = (int32_t)w;
                    if (limit < g->horizon) push(heap, &length, (event){limit, LIMIT, (int32_t)w});
                }
                w++;
                continue;
            }
            event e = pop(heap, &length);
            if (e.kind == LIMIT) {
                if (g->outcome[e.woman] != WAITING || g->pool[e.woman] >= 0) continue;
                int is_birth = e.day < g->referral[e.woman] + g->patience[e.woman];
                g->outcome[e.woman] = is_birth ? g->is_lost[e.woman] ? PREGNANCY_ENDED : BIRTH_BEFORE_PLACE : GAVE_UP;
            }
            int i = 0;
            if (e.kind == LIMIT) while (queue[i] != e.woman) i++;
            else while (i < n_queue && !accepts(g, queue[i], g->pool[e.woman])) i++;
            if (i == n_queue) { free_places[g->pool[e.woman]]++; continue; }
            int32_t woman = queue[i];
            for (n_queue--; i < n_queue; i++) queue[i] = queue[i + 1];
            if (e.kind == PLACE_FREE) move_in(g, heap, &length, woman, g->pool[e.woman], e.day);
        }
    }
    free(heap);
    free(queue);
    free(free_places);
}
