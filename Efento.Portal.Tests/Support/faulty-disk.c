/* Stands between the portal and the C library and does to its disk what a test asks for. The directory FAULTY_DISK holds the orders:
     eio     while it exists, syncs of the database fail with EIO
     stall   while it exists, syncs of the database don't return
     log     gets a line for every write to the write-ahead log (W), every sync that succeeded (S) and every 201 that is sent (A),
             each before the next one can begin in the same thread
   Built by FaultyDisk.cs, loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int ordered(const char *name)
{
    char path[PATH_MAX];
    const char *directory = getenv("FAULTY_DISK");
    return directory != NULL
        && snprintf(path, sizeof path, "%s/%s", directory, name) < (int)sizeof path
        && access(path, F_OK) == 0;
}

static void note(const char *line)
{
    char path[PATH_MAX];
    const char *directory = getenv("FAULTY_DISK");
    if (directory == NULL || snprintf(path, sizeof path, "%s/log", directory) >= (int)sizeof path)
        return;
    int log = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (log < 0)
        return;
    syscall(SYS_write, log, line, strlen(line));
    close(log);
}

/* Whether a file is portal.db or one that goes with it and whose name ends so. */
static int is_database(int file, const char *ending)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    const char *name = strrchr(path, '/');
    size_t tail = strlen(ending);
    return name != NULL && strncmp(name, "/portal.db", 10) == 0 && (size_t)length >= tail && strcmp(path + length - tail, ending) == 0;
}

static int sync_as_ordered(int file, const char *name)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (!is_database(file, ""))
        return real(file);
    while (ordered("stall"))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    if (ordered("eio"))
    {
        errno = EIO;
        return -1;
    }

    int result = real(file);
    if (result == 0)
        note("S\n");
    return result;
}

int fsync(int file) { return sync_as_ordered(file, "fsync"); }

int fdatasync(int file) { return sync_as_ordered(file, "fdatasync"); }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    ssize_t (*real)(int, const void *, size_t, off64_t) = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (is_database(file, "-wal"))
        note("W\n");
    return real(file, bytes, count, offset);
}

static void note_answer(const void *bytes, size_t count)
{
    static const char created[] = "HTTP/1.1 201";
    if (count >= sizeof created - 1 && memcmp(bytes, created, sizeof created - 1) == 0)
        note("A\n");
}

ssize_t send(int socket, const void *bytes, size_t count, int flags)
{
    ssize_t (*real)(int, const void *, size_t, int) = (ssize_t (*)(int, const void *, size_t, int))dlsym(RTLD_NEXT, "send");
    note_answer(bytes, count);
    return real(socket, bytes, count, flags);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags)
{
    ssize_t (*real)(int, const struct msghdr *, int) = (ssize_t (*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg");
    if (message->msg_iovlen > 0)
        note_answer(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
    return real(socket, message, flags);
}
