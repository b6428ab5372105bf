// SPDX-License-Identifier: Apache-2.0

#include "ccrc32c.h"

#if defined(__x86_64__)

#include <string.h>

bool ccrc32c_is_supported(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2"))) uint32_t ccrc32c_update(uint32_t sum, const uint8_t *bytes, size_t count) {
    uint64_t wide = sum;
    while (count >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        wide = __builtin_ia32_crc32di(wide, word);
        bytes += sizeof word;
        count -= sizeof word;
    }
    sum = (uint32_t)wide;
    while (count > 0) {
        sum = __builtin_ia32_crc32qi(sum, *bytes);
        bytes += 1;
        count -= 1;
    }
    return sum;
}

#else

bool ccrc32c_is_supported(void) { return false; }

uint32_t ccrc32c_update(uint32_t sum, const uint8_t *bytes, size_t count) {
    (void)bytes;
    (void)count;
    return sum;
}

#endif
