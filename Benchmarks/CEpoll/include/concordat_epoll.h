// SPDX-License-Identifier: Apache-2.0
// What Swift's module of the C library leaves out.
#ifndef CONCORDAT_EPOLL_H
#define CONCORDAT_EPOLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One descriptor that is ready for something.
struct concordat_ready {
    int descriptor;
    bool can_read;
    bool can_write;
};

/// Makes an epoll instance.
int concordat_epoll(void);

/// Watches a descriptor, for reads and, if asked, for writes; `is_new` says that it is not watched yet.
void concordat_watch(int epoll, int descriptor, bool is_new, bool writing);

/// Waits until descriptors are ready, at most so many nanoseconds (less than 0: for ever); gives how many.
int concordat_wait(int epoll, struct concordat_ready *ready, int count, int64_t nanoseconds);

/// Takes in a connection that does not block; -1 when there is none.
int concordat_accept(int listener);

/// The offset of some bytes in others; -1 when they are not there.
ptrdiff_t concordat_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

/// Lets this thread's waits end when they should, instead of up to 50 µs later.
void concordat_fine_timers(void);

#endif
