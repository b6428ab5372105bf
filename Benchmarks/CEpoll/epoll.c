// SPDX-License-Identifier: Apache-2.0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "concordat_epoll.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

#define EVENTS_MAX 512

int concordat_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

void concordat_watch(int epoll, int descriptor, bool is_new, bool writing) {
    struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.fd = descriptor};
    epoll_ctl(epoll, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

int concordat_wait(int epoll, struct concordat_ready *ready, int count, int64_t nanoseconds) {
    struct epoll_event events[EVENTS_MAX];
    struct timespec timeout = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    int found = epoll_pwait2(epoll, events, count < EVENTS_MAX ? count : EVENTS_MAX, nanoseconds < 0 ? NULL : &timeout, NULL);
    for (int i = 0; i < found; i++) {
        ready[i].descriptor = events[i].data.fd;
        ready[i].can_read = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0;
        ready[i].can_write = (events[i].events & (EPOLLOUT | EPOLLERR)) != 0;
    }
    return found < 0 ? 0 : found;
}

int concordat_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

ptrdiff_t concordat_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    const char *found = memmem(bytes, count, wanted, wanted_count);
    return found == NULL ? -1 : found - (const char *)bytes;
}

void concordat_fine_timers(void) { prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }
