// SPDX-License-Identifier: Apache-2.0
#ifndef CONCORDAT_ALLOCATION_COUNT_H
#define CONCORDAT_ALLOCATION_COUNT_H

#include <stdint.h>

/// How often the process has asked for memory so far, on all threads.
uint64_t concordat_allocation_count(void);

#endif
