/* Moves the clock of a process by as many nanoseconds as the file FAKED_CLOCK holds (64 bits); time it measures with (CLOCK_MONOTONIC)
   and times of files stay true. Built by FakedClock.cs, loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { second = 1000000000 };
static int (*real)(clockid_t, struct timespec *);
static volatile const int64_t *moved;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAKED_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    if (real == NULL || file < 0)
        abort();
    void *page = mmap(NULL, sizeof *moved, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page == MAP_FAILED)
        abort();
    moved = page;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (moved == NULL)
        begin();
    int failed = real(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t at = (int64_t)now->tv_sec * second + now->tv_nsec + *moved;
        now->tv_sec = at / second;
        now->tv_nsec = at % second;
    }
    return failed;
}

int gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    struct timespec at;
    int failed = clock_gettime(CLOCK_REALTIME, &at);
    now->tv_sec = at.tv_sec;
    now->tv_usec = at.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *now)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (now != NULL)
        *now = at.tv_sec;
    return at.tv_sec;
}
