using System.Globalization;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Translates SQLite's result codes (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFault
{
    /// <summary>The fault of an SQLite exception; null for every other exception.</summary>
    public static StoreFault? Of(Exception exception) => exception is SqliteException fault
        ? new StoreFault(KindOf(fault), fault.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture), fault.Message, fault)
        : null;

    private static StoreFaultKind KindOf(SqliteException fault) =>
        fault.SqliteExtendedErrorCode is SQLITE_READONLY_DBMOVED ? StoreFaultKind.Moved
        : fault.SqliteErrorCode switch
        {
            SQLITE_FULL => StoreFaultKind.Full,
            SQLITE_BUSY or SQLITE_LOCKED => StoreFaultKind.Busy,
            SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM => StoreFaultKind.ReadOnly,
            SQLITE_CORRUPT or SQLITE_NOTADB => StoreFaultKind.Damaged,
            SQLITE_CONSTRAINT or SQLITE_TOOBIG or SQLITE_MISMATCH or SQLITE_RANGE => StoreFaultKind.Constraint,
            SQLITE_IOERR => StoreFaultKind.Unavailable,
            _ => StoreFaultKind.Other,
        };
}
