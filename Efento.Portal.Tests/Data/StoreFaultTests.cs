using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static SQLitePCL.raw;

namespace Efento.Portal.Tests.Data;

/// <summary>What an exception of the provider means for those who read and write.</summary>
public sealed class StoreFaultTests
{
    private const int SQLITE_IOERR_NOMEM = SQLITE_IOERR | (12 << 8);
    private const int SQLITE_CORRUPT_INDEX = SQLITE_CORRUPT | (3 << 8);
    private const int SQLITE_CANTOPEN_SYMLINK = SQLITE_CANTOPEN | (6 << 8);

    [Theory]
    [InlineData(SQLITE_FULL, StoreFaultKind.Full)]
    [InlineData(SQLITE_BUSY, StoreFaultKind.Busy)]
    [InlineData(SQLITE_BUSY_SNAPSHOT, StoreFaultKind.Busy)]
    [InlineData(SQLITE_BUSY_RECOVERY, StoreFaultKind.Busy)]
    [InlineData(SQLITE_LOCKED, StoreFaultKind.Busy)]
    [InlineData(SQLITE_LOCKED_SHAREDCACHE, StoreFaultKind.Busy)]
    [InlineData(SQLITE_READONLY, StoreFaultKind.ReadOnly)]
    [InlineData(SQLITE_PERM, StoreFaultKind.ReadOnly)]
    [InlineData(SQLITE_CANTOPEN, StoreFaultKind.ReadOnly)]
    [InlineData(SQLITE_CANTOPEN_ISDIR, StoreFaultKind.ReadOnly)]
    [InlineData(SQLITE_CANTOPEN_SYMLINK, StoreFaultKind.ReadOnly)]
    [InlineData(SQLITE_READONLY_DBMOVED, StoreFaultKind.Moved)]
    [InlineData(SQLITE_CORRUPT, StoreFaultKind.Damaged)]
    [InlineData(SQLITE_CORRUPT_VTAB, StoreFaultKind.Damaged)]
    [InlineData(SQLITE_CORRUPT_INDEX, StoreFaultKind.Damaged)]
    [InlineData(SQLITE_NOTADB, StoreFaultKind.Damaged)]
    [InlineData(SQLITE_CONSTRAINT, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_CONSTRAINT_UNIQUE, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_CONSTRAINT_FOREIGNKEY, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_CONSTRAINT_TRIGGER, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_TOOBIG, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_MISMATCH, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_RANGE, StoreFaultKind.Constraint)]
    [InlineData(SQLITE_IOERR, StoreFaultKind.Unavailable)]
    [InlineData(SQLITE_IOERR_FSYNC, StoreFaultKind.Unavailable)]
    [InlineData(SQLITE_IOERR_SHORT_READ, StoreFaultKind.Unavailable)]
    [InlineData(SQLITE_IOERR_NOMEM, StoreFaultKind.Unavailable)]
    [InlineData(SQLITE_ERROR, StoreFaultKind.Other)]
    [InlineData(SQLITE_NOMEM, StoreFaultKind.Other)]
    [InlineData(SQLITE_INTERRUPT, StoreFaultKind.Other)]
    [InlineData(SQLITE_PROTOCOL, StoreFaultKind.Other)]
    public void Of_CodeOfSqlite_SaysWhatItMeans(int code, StoreFaultKind expected)
    {
        var fault = StoreFault.Of(new SqliteException("said", code & 0xff, code));

        Assert.NotNull(fault);
        Assert.Equal((expected, $"{code}", "said"), (fault.Kind, fault.Code, fault.Message));
    }

    [Fact]
    public void Of_ExceptionInsideOthers_IsFound()
    {
        var cause = new SqliteException("disk I/O error", SQLITE_IOERR, SQLITE_IOERR_FSYNC);

        var fault = StoreFault.Of(new AggregateException(new DbUpdateException("not saved", cause)));

        Assert.Same(cause, fault?.Cause);
    }

    [Fact]
    public void Of_AnyOtherException_IsNull()
    {
        Assert.Null(StoreFault.Of(new IOException("no disk", new InvalidOperationException())));
        Assert.Null(StoreFault.Of(null));
    }

    [Theory]
    [InlineData(SQLITE_IOERR_FSYNC, true, false)]
    [InlineData(SQLITE_CORRUPT, true, false)]
    [InlineData(SQLITE_NOTADB, true, false)]
    [InlineData(SQLITE_FULL, false, false)]
    [InlineData(SQLITE_BUSY, false, false)]
    [InlineData(SQLITE_READONLY_DBMOVED, false, false)]
    [InlineData(SQLITE_CONSTRAINT_UNIQUE, false, true)]
    public void Fault_SaysWhatMayGoOn(int code, bool endsConnection, bool isOfData)
    {
        var fault = StoreFault.Of(new SqliteException("said", code & 0xff, code));

        Assert.Equal((endsConnection, isOfData), (fault?.EndsConnection, fault?.IsOfData));
    }

    [Fact]
    public void Of_FileThatIsNoDatabase_IsDamaged()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "no.db");
        File.WriteAllText(path, new string('x', 8192));
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");

        var thrown = Assert.ThrowsAny<Exception>(() =>
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master";
            command.ExecuteScalar();
        });

        Assert.Equal(StoreFaultKind.Damaged, StoreFault.Of(thrown)?.Kind);
    }
}
