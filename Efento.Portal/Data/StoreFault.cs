using Efento.Portal.Data.Sqlite;

namespace Efento.Portal.Data;

/// <summary>A fault of the store, independent of the provider. Only <c>Data/</c> reads the provider's exceptions.</summary>
/// <param name="Kind">Its meaning.</param>
/// <param name="Code">The provider's error code, for looking it up.</param>
/// <param name="Message">
/// The provider's message; for <see cref="StoreFaultKind.Moved"/> the path of the file that is not the one that was opened.
/// </param>
/// <param name="Cause">The exception of the provider.</param>
internal sealed record StoreFault(StoreFaultKind Kind, string Code, string Message, Exception Cause)
{
    /// <summary>Whether the data to be written caused the fault. The same data would fail again; other data would not.</summary>
    public bool IsOfData => Kind is StoreFaultKind.Constraint;

    /// <summary>
    /// Whether the connection must not be used any more, because its memory can't be trusted after a failed read, write or sync.
    /// </summary>
    public bool EndsConnection => Kind is StoreFaultKind.Unavailable or StoreFaultKind.Damaged;

    /// <summary>The fault of the store in an exception or one of its inner exceptions; null if there is none.</summary>
    public static StoreFault? Of(Exception? exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (SqliteFault.Of(one) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}

/// <summary>The kinds of faults of the store.</summary>
public enum StoreFaultKind : byte
{
    /// <summary>Any other fault.</summary>
    Other,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>Another program has locked the database.</summary>
    Busy,

    /// <summary>The portal lacks the rights to open or write the database.</summary>
    ReadOnly,

    /// <summary>The database is damaged, or the file is not a database.</summary>
    Damaged,

    /// <summary>The files of the database were removed, moved or replaced while they were open.</summary>
    Moved,

    /// <summary>The store rejected the data: it violates a constraint, is too large, or has the wrong type.</summary>
    Constraint,

    /// <summary>The store can't be reached, or its disk could not be read, written or synced.</summary>
    Unavailable,
}
