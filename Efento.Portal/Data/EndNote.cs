using System.Globalization;
using System.Text;

namespace Efento.Portal.Data;

/// <summary>
/// A note beside the database about its newest message, written after the commit. If the database's newest message is older, something was
/// lost. docs/decisions/0105-what-the-database-has-lost.md gives the reasons.
/// </summary>
/// <param name="HasLog">Whether the write-ahead log had content. The log is part of the database until the database is closed.</param>
/// <param name="NewestMessage">The newest message; 0 if there was none.</param>
internal sealed record EndNote(bool HasLog, long NewestMessage)
{
    private const string Log = "log", Whole = "whole";

    /// <summary>The fixed length, so that a note overwrites the one before.</summary>
    private const int Length = 32;

    /// <summary>Parses a note; null if it is not one, as in a file of a version without notes.</summary>
    public static EndNote? Parse(string text) =>
        text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [Log or Whole, var id]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var newest)
            ? new EndNote(text.StartsWith(Log, StringComparison.Ordinal), newest)
            : null;

    /// <summary>The note in its stored form.</summary>
    public byte[] ToBytes() =>
        Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(HasLog ? Log : Whole)} {NewestMessage}").PadRight(Length - 1) + "\n");
}
