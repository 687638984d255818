#pragma once

#include <gemlive/gemlive.h>

#ifdef __cplusplus
extern "C" {
#endif

gemlive_status watch(gemlive_session *session, int64_t token);
int64_t wait_for(int64_t timeout_ms);
void interrupt(void);

#ifdef __cplusplus
}
#endif
