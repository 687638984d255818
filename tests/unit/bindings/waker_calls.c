#include "waker_calls.h"

#include "waker.h"

gemlive_status watch(gemlive_session *session, int64_t token)
{
    return waker_watch(session, token);
}

int64_t wait_for(int64_t timeout_ms)
{
    return waker_wait(timeout_ms);
}

void interrupt(void)
{
    waker_interrupt();
}
