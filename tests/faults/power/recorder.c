/* Records what a program does to the files below a folder, in the order it does it.
 *
 *   LD_PRELOAD=recorder.so DISK_LOG_ROOT=/folder DISK_LOG_FILE=/elsewhere/log program
 *
 * Only calls that succeeded are recorded, after they were made; a lock keeps order and record together.
 * A record is `struct head`, the path or two, then the bytes written (see disk_log.py, which reads it).
 * Copies inside the kernel (sendfile, copy_file_range) are refused, so that programs fall back to write.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, CLOSE, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, LINK };
#define MOST_FILES 65536

struct __attribute__((packed)) head {
    uint32_t length; /* of the whole record */
    uint8_t op;
    int32_t fd;
    int64_t where; /* offset of a write, size of a truncate, flags of an open */
    uint16_t first, second; /* lengths of the paths */
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_fd = -1;
static unsigned char watched[MOST_FILES];

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("DISK_LOG_ROOT"), *file = getenv("DISK_LOG_FILE");
    if (!folder || !file) return;
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Write the absolute path into `out`; tell whether it is the root or below it. */
static int below(int folder, const char *path, char *out) {
    char start[PATH_MAX], link[64];
    if (log_fd < 0 || !path) return 0;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        ssize_t n;
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        n = readlink(link, start, sizeof start - 1);
        if (n < 0) return 0;
        start[n] = 0;
        if (snprintf(out, PATH_MAX, "%s/%s", start, path) >= PATH_MAX) return 0;
    }
    if (strlen(out) == root_length - 1 && strlen(out) + 1 < PATH_MAX) strcat(out, "/"); /* the folder itself */
    return strncmp(out, root, root_length) == 0;
}

static void record(uint8_t op, int fd, int64_t where, const char *first, const char *second, const void *data,
                   size_t size) {
    const char *one = first ? first + root_length : "", *two = second ? second + root_length : "";
    struct head head = {.op = op, .fd = fd, .where = where};
    struct iovec parts[4];
    head.first = (uint16_t)strlen(one);
    head.second = (uint16_t)strlen(two);
    head.length = (uint32_t)(sizeof head + head.first + head.second + size);
    parts[0] = (struct iovec){&head, sizeof head};
    parts[1] = (struct iovec){(void *)one, head.first};
    parts[2] = (struct iovec){(void *)two, head.second};
    parts[3] = (struct iovec){(void *)data, size};
    if (syscall(SYS_writev, log_fd, parts, 4) != (long)head.length) abort();
}

static int seen(int fd) { return fd >= 0 && fd < MOST_FILES && watched[fd]; }

#define LOCKED(statement) \
    do { \
        int kept; \
        pthread_mutex_lock(&turn); \
        statement; \
        kept = errno; \
        pthread_mutex_unlock(&turn); \
        errno = kept; \
    } while (0)

static int open_below(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int fd, ours = below(folder, path, full);
    LOCKED(fd = (int)syscall(SYS_openat, folder, path, flags, mode); if (fd >= 0 && fd < MOST_FILES) {
        watched[fd] = (unsigned char)ours;
        if (ours) record(OPEN, fd, flags, full, NULL, NULL, 0);
    });
    return fd;
}

#define MODE(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE(flags, mode) return open_below(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, mode) return open_below(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, mode) return open_below(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, mode) return open_below(at, path, flags, mode); }
int __open_2(const char *path, int flags) { return open_below(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_below(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) {
    return open_below(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd) {
    int done;
    if (!seen(fd)) return (int)syscall(SYS_close, fd);
    LOCKED(record(CLOSE, fd, 0, NULL, NULL, NULL, 0); watched[fd] = 0; done = (int)syscall(SYS_close, fd));
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    ssize_t done;
    if (!seen(fd)) return syscall(SYS_write, fd, data, size);
    LOCKED(done = syscall(SYS_write, fd, data, size);
           if (done > 0) record(WRITE, fd, lseek(fd, 0, SEEK_CUR) - done, NULL, NULL, data, (size_t)done));
    return done;
}

static ssize_t write_at(int fd, const void *data, size_t size, off_t where) {
    ssize_t done;
    if (!seen(fd)) return syscall(SYS_pwrite64, fd, data, size, where);
    LOCKED(done = syscall(SYS_pwrite64, fd, data, size, where);
           if (done > 0) record(WRITE, fd, where, NULL, NULL, data, (size_t)done));
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t where) { return write_at(fd, data, size, where); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t where) { return write_at(fd, data, size, where); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t done = 0;
    int each;
    if (!seen(fd)) return syscall(SYS_writev, fd, parts, count);
    for (each = 0; each < count; each++) {
        ssize_t one = write(fd, parts[each].iov_base, parts[each].iov_len);
        if (one < 0) return done ? done : one;
        done += one;
        if ((size_t)one < parts[each].iov_len) break;
    }
    return done;
}

static int cut_to(int fd, off_t size) {
    int done;
    if (!seen(fd)) return (int)syscall(SYS_ftruncate, fd, size);
    LOCKED(done = (int)syscall(SYS_ftruncate, fd, size);
           if (!done) record(TRUNCATE, fd, size, NULL, NULL, NULL, 0));
    return done;
}
int ftruncate(int fd, off_t size) { return cut_to(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut_to(fd, size); }

static int make_durable(int fd, long call) {
    int done;
    if (!seen(fd)) return (int)syscall(call, fd);
    LOCKED(done = (int)syscall(call, fd); if (!done) record(SYNC, fd, 0, NULL, NULL, NULL, 0));
    return done;
}
int fsync(int fd) { return make_durable(fd, SYS_fsync); }
int fdatasync(int fd) { return make_durable(fd, SYS_fdatasync); }

int renameat(int from, const char *old, int to, const char *new) {
    char one[PATH_MAX], two[PATH_MAX];
    int done, ours = below(from, old, one) & below(to, new, two);
    LOCKED(done = (int)syscall(SYS_renameat, from, old, to, new);
           if (!done && ours) record(RENAME, -1, 0, one, two, NULL, 0));
    return done;
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    char one[PATH_MAX], two[PATH_MAX];
    int done, ours = below(from, old, one) & below(to, new, two);
    LOCKED(done = (int)syscall(SYS_linkat, from, old, to, new, flags);
           if (!done && ours) record(LINK, -1, 0, one, two, NULL, 0));
    return done;
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int folder, const char *path, int flags) {
    char full[PATH_MAX];
    int done, ours = below(folder, path, full);
    LOCKED(done = (int)syscall(SYS_unlinkat, folder, path, flags);
           if (!done && ours) record(flags & AT_REMOVEDIR ? RMDIR : UNLINK, -1, 0, full, NULL, NULL, 0));
    return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char full[PATH_MAX];
    int done, ours = below(folder, path, full);
    LOCKED(done = (int)syscall(SYS_mkdirat, folder, path, mode);
           if (!done && ours) record(MKDIR, -1, 0, full, NULL, NULL, 0));
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    if (seen(out)) { errno = ENOTSOCK; return -1; }
    return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    if (seen(out)) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}
