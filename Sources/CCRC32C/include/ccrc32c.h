// SPDX-License-Identifier: Apache-2.0

#ifndef CCRC32C_H
#define CCRC32C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether the processor has an instruction for CRC-32C, which Swift has no name for.
bool ccrc32c_is_supported(void);

// Goes on with a sum over some bytes, without the inversion before the first and after the last; only where it is
// supported.
uint32_t ccrc32c_update(uint32_t sum, const uint8_t *bytes, size_t count);

#endif
