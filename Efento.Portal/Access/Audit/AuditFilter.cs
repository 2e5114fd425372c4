using Efento.Portal.Data;

namespace Efento.Portal.Access.Audit;

/// <summary>A filter for entries of the audit trail. Fields that are null or empty are ignored.</summary>
internal sealed record AuditFilter
{
    /// <summary>From this day (UTC) on.</summary>
    public DateOnly? From { get; init; }

    /// <summary>To this day (UTC), which is included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A part of the actor's name or address.</summary>
    public string? Actor { get; init; }

    /// <summary>The whole action.</summary>
    public string? Action { get; init; }

    /// <summary>A part of the subject, of the values or of the reason.</summary>
    public string? Text { get; init; }

    /// <summary>Applies the filter to entries.</summary>
    internal IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries)
    {
        if (From is { } from)
        {
            var fromMs = Midnight(from);
            entries = entries.Where(e => e.AtMs >= fromMs);
        }

        if (To is { } to && to < DateOnly.MaxValue)
        {
            var toMs = Midnight(to.AddDays(1));
            entries = entries.Where(e => e.AtMs < toMs);
        }

        if (Action is { Length: > 0 } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        if (Actor is { Length: > 0 } actor)
        {
            entries = entries.Where(e => StoredText.Holds(e.Actor, actor) || StoredText.Holds(e.Address, actor));
        }

        if (Text is { Length: > 0 } text)
        {
            entries = entries.Where(e => StoredText.Holds(e.Subject, text)
                || StoredText.Holds(e.Old, text)
                || StoredText.Holds(e.New, text)
                || StoredText.Holds(e.Reason, text));
        }

        return entries;
    }

    private static long Midnight(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
